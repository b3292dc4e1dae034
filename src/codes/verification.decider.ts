import {
  AccountDraft,
  CONTACT_CHANNELS,
  eventId,
  holderOf,
  asEndedBy,
  type Account,
  type Decision,
  type Session,
} from '../accounts/index.js';
import { endSessions, getLive } from '../sessions/index.js';
import { InvalidCodeError } from './code.errors.js';

export interface Verification {
  readonly now: Date;
  readonly sessionId: string;
  /** The code that was right. */
  readonly codeId: string;
}

/**
 * The person has proved that a mobile or an e-mail is theirs. The first such proof ends every other session. A password
 * that this session does not stand on was set by somebody who has not proved it, a squatter perhaps: it goes,
 * and so does whatever else was verified by then.
 */
export function decideVerification(account: Account, { now, sessionId, codeId }: Verification): Decision<Account> {
  const session = getLive(account, sessionId, now);
  const code = account.codes.find(({ id }) => id === codeId);
  if (code?.purpose !== 'verify' || account[code.channel] !== code.contact) throw new InvalidCodeError();
  const { channel } = code;
  const draft = new AccountDraft(account, now, holderOf(session));
  if (account[`${channel}VerifiedAt`] === null) {
    const standsOnIt = session.credentialVersion === account.credentialVersion;
    if (!standsOnIt) dropStrangersCredentials(draft, session);
    const reason = standsOnIt || account.passwordHash === null ? 'revoked' : 'password_changed';
    endSessions(draft, { reason, which: ({ id }) => id !== session.id });
    draft.emit(eventId('contact.verified', codeId), { type: 'contact.verified', channel });
  }
  draft.set({ [`${channel}VerifiedAt`]: account[`${channel}VerifiedAt`] ?? now, codes: [] });
  return draft.commit(draft.account);
}

function dropStrangersCredentials(draft: AccountDraft, session: Session): void {
  for (const channel of CONTACT_CHANNELS) draft.set({ [`${channel}VerifiedAt`]: null });
  const credentialVersion = draft.account.credentialVersion + 1;
  if (draft.account.passwordHash !== null) {
    const id = eventId('password.changed', draft.account.id, credentialVersion);
    draft.emit(id, { type: 'password.changed', by: asEndedBy(session) });
  }
  draft.set({ passwordHash: null, credentialVersion, tickets: [], distrustedSince: null });
  draft.replaceSession({ ...session, credentialVersion });
}
