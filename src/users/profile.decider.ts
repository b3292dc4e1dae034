import {
  asEndedBy,
  AccountDraft,
  CONTACT_CHANNELS,
  eventId,
  holderOf,
  type Account,
  type Decision,
  type Profile,
} from '../accounts/index.js';
import { InvalidFieldError } from '../common/index.js';
import { getLive, useUp, type Reproof } from '../sessions/index.js';

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'locale' | 'email' | 'mobile'>>;
}

/** A new e-mail or mobile needs the password or a code, is unverified, whatever the old one was, and the person hears of it. */
export function decideProfileChange(
  account: Account,
  { now, sessionId, proof, patch }: ProfileChange,
): Decision<Profile> {
  const session = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(session));
  if (proof) useUp(draft, proof, session);
  draft.set(patch);
  for (const channel of CONTACT_CHANNELS) {
    const value = patch[channel];
    if (value === undefined || value === account[channel]) continue;
    if (!proof) throw new InvalidFieldError('currentPassword', 'or a code is needed for a new mobile or email');
    // Only who has proved it is told there: it may be anybody's else.
    const previous = account[`${channel}VerifiedAt`] && account[channel];
    draft.set({ [`${channel}VerifiedAt`]: null });
    const id = eventId('contact.changed', account.id, channel, now.getTime(), value ?? '');
    draft.emit(id, { type: 'contact.changed', channel, previous, by: asEndedBy(session) });
  }
  return draft.commit(draft.account);
}
