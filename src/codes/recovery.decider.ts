import { AccountDraft, eventId, InvalidCredentialsError, type Account, type Decision } from '../accounts/index.js';
import { endSessions } from '../sessions/index.js';

export interface Recovery {
  readonly now: Date;
  /** The code that was right. */
  readonly codeId: string;
  readonly passwordHash: string;
}

/** A new password by a code to a verified channel: every session ends, and the password is trusted again. */
export function decideRecovery(account: Account, { now, codeId, passwordHash }: Recovery): Decision<object> {
  const code = account.codes.find(({ id }) => id === codeId);
  const usable = code?.purpose === 'recover' && account[code.channel] === code.contact && !account.lockedAt;
  if (!usable) throw new InvalidCredentialsError();
  const draft = new AccountDraft(account, now, { kind: 'user', userId: account.id, sessionId: null });
  const credentialVersion = account.credentialVersion + 1;
  endSessions(draft, { reason: 'password_changed', which: () => true });
  draft.set({ passwordHash, credentialVersion, tickets: [], codes: [], distrustedSince: null });
  draft.emit(eventId('password.changed', account.id, credentialVersion), { type: 'password.changed', by: null });
  return draft.commit({});
}
