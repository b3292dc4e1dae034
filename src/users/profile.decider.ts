import {
  asEndedBy,
  AccountDraft,
  CONTACT_CHANNELS,
  eventId,
  holderOf,
  InvalidCodeError,
  WrongPasswordError,
  type Account,
  type Decision,
  type Profile,
  type Session,
} from '../accounts/index.js';
import { InvalidFieldError } from '../common/index.js';
import { getLive, standsOnPassword } from '../sessions/index.js';

/** How the holder of a session has proved a moment ago to be the person: `id` is that of a `login` code. */
export type Reproof =
  { readonly kind: 'password'; readonly credentialVersion: number } | { readonly kind: 'code'; readonly id: string };

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

/** Throws where the proof has become worthless while it was being verified. A code helps once. */
function useUp(draft: AccountDraft, proof: Reproof, session: Session): void {
  const { account } = draft;
  if (proof.kind === 'password') {
    if (proof.credentialVersion !== account.credentialVersion || !standsOnPassword(account, session))
      throw new WrongPasswordError();
    return;
  }
  const code = account.codes.find(({ id }) => id === proof.id);
  if (code?.purpose !== 'login' || account[code.channel] !== code.contact) throw new InvalidCodeError();
  draft.set({ codes: account.codes.filter(({ id }) => id !== code.id) });
}
