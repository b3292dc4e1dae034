import {
  asEndedBy,
  eventId,
  holderOf,
  AccountDraft,
  WrongPasswordError,
  type Account,
  type Decision,
  type Profile,
} from '../accounts/index.js';
import { InvalidFieldError } from '../common/index.js';
import { getLive, standsOnPassword } from '../sessions/index.js';

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** The password that was verified; null where none was given. */
  readonly credentialVersion: number | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'email' | 'mobile'>>;
}

/** A new e-mail or mobile needs the password, is unverified, whatever the old one was, and the person hears of it. */
export function decideProfileChange(account: Account, change: ProfileChange): Decision<Profile> {
  const session = getLive(account, change.sessionId, change.now);
  if (
    change.credentialVersion !== null &&
    (change.credentialVersion !== account.credentialVersion || !standsOnPassword(account, session))
  ) {
    throw new WrongPasswordError();
  }
  const draft = new AccountDraft(account, change.now, holderOf(session));
  draft.set(change.patch);
  for (const channel of ['mobile', 'email'] as const) {
    const value = change.patch[channel];
    if (value === undefined || value === account[channel]) continue;
    if (change.credentialVersion === null) {
      throw new InvalidFieldError('currentPassword', 'is needed for a new mobile or email');
    }
    draft.set({ [`${channel}VerifiedAt`]: null });
    const id = eventId('contact.changed', account.id, channel, change.now.getTime(), value ?? '');
    draft.emit(id, { type: 'contact.changed', channel, by: asEndedBy(session) });
  }
  return draft.commit(draft.account);
}
