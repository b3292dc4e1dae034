import {
  AccountDraft,
  codeHolderOf,
  eventId,
  holderOf,
  InvalidCodeError,
  asEndedBy,
  standingIn,
  unverifyContacts,
  type Account,
  type Decision,
  type Session,
} from '../accounts/index.js';
import { getLive } from '../sessions/index.js';
import { verifyContact } from '../users/index.js';

export interface Verification {
  readonly now: Date;
  readonly sessionId: string;
  /** The code that was right. */
  readonly codeId: string;
}

/**
 * The person has proved that a mobile or an e-mail is theirs. See `verifyContact`. A password
 * that this session does not stand on was set by somebody who has not proved it, a squatter perhaps: it goes, and so
 * does what its owner verified. Without a password there was nobody who could have logged in to squat.
 */
export function decideVerification(account: Account, { now, sessionId, codeId }: Verification): Decision<Account> {
  const session = getLive(account, sessionId, now);
  const code = account.codes.find(({ id }) => id === codeId);
  if (code?.purpose !== 'verify' || !codeHolderOf(account, code, now)) throw new InvalidCodeError();
  const { channel } = code;
  const draft = new AccountDraft(account, now, holderOf(session));
  draft.actWith(standingIn(account, session, now));
  if (account[`${channel}VerifiedAt`] === null) {
    const strange = account.passwordHash !== null && session.credentialVersion !== account.credentialVersion;
    if (strange) dropStrangersCredentials(draft, session);
    verifyContact(draft, session, channel, codeId, strange);
  }
  draft.set({ codes: [] });
  return draft.commit(draft.account);
}

function dropStrangersCredentials(draft: AccountDraft, session: Session): void {
  unverifyContacts(draft);
  const credentialVersion = draft.account.credentialVersion + 1;
  const id = eventId('password.changed', draft.account.id, credentialVersion);
  draft.emit(id, { type: 'password.changed', by: asEndedBy(session) });
  draft.set({
    passwordHash: null,
    formerPassword: null,
    credentialVersion,
    tickets: [],
    distrustedSince: null,
  });
  draft.replaceSession({ ...session, credentialVersion });
}
