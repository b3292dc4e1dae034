import {
  asEndedBy,
  eventId,
  holderOf,
  AccountDraft,
  isSettledIn,
  replacePassword,
  type Account,
  type Decision,
} from '../accounts/index.js';
import { assertProved, endSessions, getLive, type Reproof } from '../sessions/index.js';

export interface PasswordChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
  readonly passwordHash: string;
}

/** A new password ends every session but the one that set it, and voids tickets got with the old one. */
export function decidePasswordChange(account: Account, change: PasswordChange): Decision<object> {
  const { now, passwordHash } = change;
  const asking = getLive(account, change.sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(asking));
  const session = assertProved(draft, asking, change.proof);
  endSessions(draft, {
    reason: 'password_changed',
    which: ({ id }) => id !== session.id,
  });
  draft.set(replacePassword(draft.account, passwordHash, now, isSettledIn(draft.account, session, now)));
  const { credentialVersion } = draft.account;
  draft.replaceSession({ ...session, credentialVersion });
  const id = eventId('password.changed', account.id, credentialVersion);
  draft.emit(id, { type: 'password.changed', by: asEndedBy(session) });
  return draft.commit({});
}
