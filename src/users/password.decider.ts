import {
  asEndedBy,
  eventId,
  holderOf,
  AccountDraft,
  WrongPasswordError,
  type Account,
  type Decision,
  type Session,
} from '../accounts/index.js';
import { endSessions, getLive, standsOnPassword } from '../sessions/index.js';

export interface PasswordChange {
  readonly now: Date;
  readonly sessionId: string;
  /** The password that was verified. */
  readonly credentialVersion: number;
  readonly passwordHash: string;
}

/** A new password ends every session but the one that set it, and voids tickets got with the old one. */
export function decidePasswordChange(account: Account, change: PasswordChange): Decision<object> {
  const session: Session = getLive(account, change.sessionId, change.now);
  if (change.credentialVersion !== account.credentialVersion || !standsOnPassword(account, session))
    throw new WrongPasswordError();
  const draft = new AccountDraft(account, change.now, holderOf(session));
  const credentialVersion = account.credentialVersion + 1;
  endSessions(draft, {
    reason: 'password_changed',
    which: ({ id }) => id !== session.id,
  });
  draft.set({ passwordHash: change.passwordHash, credentialVersion, tickets: [], codes: [], distrustedSince: null });
  draft.replaceSession({ ...session, credentialVersion });
  const id = eventId('password.changed', account.id, credentialVersion);
  draft.emit(id, { type: 'password.changed', by: asEndedBy(session) });
  return draft.commit({});
}
