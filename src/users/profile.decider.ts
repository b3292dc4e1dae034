import { v5 as uuidv5 } from 'uuid';
import { asEndedBy, AccountDraft, type Account, type Decision, type Profile } from '../accounts/index.js';
import { WrongPasswordError } from '../auth/index.js';
import { getLive } from '../sessions/index.js';

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** The password that was verified; null where none was asked for. */
  readonly credentialVersion: number | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'email' | 'mobile'>>;
}

/** A new e-mail or mobile is unverified, whatever the old one was, and the person hears of it. */
export function decideProfileChange(account: Account, change: ProfileChange): Decision<Profile> {
  const session = getLive(account, change.sessionId, change.now);
  if (change.credentialVersion !== null && change.credentialVersion !== account.credentialVersion) {
    throw new WrongPasswordError();
  }
  const draft = new AccountDraft(account, change.now);
  draft.set(change.patch);
  for (const channel of ['mobile', 'email'] as const) {
    const value = change.patch[channel];
    if (value === undefined || value === account[channel]) continue;
    draft.set({ [`${channel}VerifiedAt`]: null });
    const id = uuidv5(`contact.changed\n${channel}\n${change.now.toISOString()}`, account.id);
    draft.emit(id, { type: 'contact.changed', channel, by: asEndedBy(session) });
  }
  return draft.commit(draft.account);
}
