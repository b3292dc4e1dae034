import {
  asEndedBy,
  AccountDraft,
  CONTACT_CHANNELS,
  eventId,
  freshChannelOf,
  holderOf,
  IDENTIFIER_KINDS,
  standingOf,
  type Account,
  type ContactChannel,
  type Decision,
  type Profile,
} from '../accounts/index.js';
import { assertProved, getLive, type Reproof } from '../sessions/index.js';

/** How long a contact that was replaced stays good, in ms. */
const FORMER_MS = 14 * 86_400_000;

/** Former contacts that an account keeps: the oldest, for a thief can verify any number of new ones. */
const MAX_FORMER = 10;

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'locale' | 'email' | 'mobile'>>;
}

/**
 * A new username, e-mail or mobile needs a fresh proof. A new contact is unverified, whatever the old one was, and the person hears
 * of it. Confirmed by a code to a verified channel, it counts from when that one did as soon as it is verified itself.
 */
export function decideProfileChange(
  account: Account,
  { now, sessionId, proof, patch }: ProfileChange,
): Decision<Profile> {
  const asking = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(asking));
  const changes = IDENTIFIER_KINDS.some((kind) => patch[kind] !== undefined && patch[kind] !== account[kind]);
  const session = proof || changes ? assertProved(draft, asking, proof) : asking;
  const confirming = freshChannelOf(draft.account, session, now);
  const inherited = confirming && standingOf(account, { channel: confirming }, now);
  draft.set(patch);
  for (const channel of CONTACT_CHANNELS) {
    const value = patch[channel];
    if (value === undefined || value === account[channel]) continue;
    // Only who has proved it is told there: it may be anybody's else.
    const previous = account[`${channel}VerifiedAt`] && account[channel];
    if (confirming !== channel) keepAsFormer(draft, account, channel);
    draft.set({
      [`${channel}VerifiedAt`]: null,
      [`${channel}AddedAt`]: value === null ? null : now,
      [`${channel}Since`]: inherited?.since ?? null,
    });
    const id = eventId('contact.changed', account.id, channel, now.getTime(), value ?? '');
    draft.emit(id, { type: 'contact.changed', channel, previous, by: asEndedBy(session) });
  }
  return draft.commit(draft.account);
}

/**
 * Whoever replaces a contact without a code to it may be a stranger: for a while the old one stays as good as it was. Where there are too
 * many the youngest go, for a stranger could verify and replace any number.
 */
function keepAsFormer(draft: AccountDraft, account: Account, channel: ContactChannel): void {
  const contact = account[channel];
  const standing = standingOf(account, { channel }, draft.now);
  if (contact === null || !standing) return;
  const until = new Date(draft.now.getTime() + FORMER_MS);
  const former = [...draft.account.formerContacts, { channel, contact, since: standing.since, until }]
    .filter((one) => draft.now < one.until)
    .sort((a, b) => a.since.getTime() - b.since.getTime());
  draft.set({ formerContacts: former.slice(0, MAX_FORMER) });
}
