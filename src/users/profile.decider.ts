import {
  asEndedBy,
  AccountDraft,
  eventId,
  freshChannelOf,
  holderOf,
  identifierKeys,
  IDENTIFIER_KINDS,
  replaceIdentifier,
  standingOf,
  type Account,
  type Decision,
  type Profile,
} from '../accounts/index.js';
import { assertProved, getLive, type Reproof } from '../sessions/index.js';
import { LastIdentifierError } from './user.errors.js';

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'locale' | 'email' | 'mobile'>>;
}

/**
 * A new username, e-mail or mobile needs a fresh proof. A new contact is unverified, whatever the old one was, and the person hears
 * of it. Confirmed by a code to a verified channel, it counts from when that one did as soon as it is verified itself. What it replaces
 * stays good for a while, unless a code to it has confirmed that it goes. Throws `LastIdentifierError`.
 */
export function decideProfileChange(
  account: Account,
  { now, sessionId, proof, patch }: ProfileChange,
): Decision<Profile> {
  const asking = getLive(account, sessionId, now);
  const draft = new AccountDraft(account, now, holderOf(asking));
  const { displayName, locale } = patch;
  draft.set({ ...(displayName !== undefined && { displayName }), ...(locale !== undefined && { locale }) });
  const changed = IDENTIFIER_KINDS.filter((kind) => patch[kind] !== undefined && patch[kind] !== account[kind]);
  const session = proof || changed.length > 0 ? assertProved(draft, asking, proof) : asking;
  const confirming = freshChannelOf(draft.account, session, now);
  const since = confirming && (standingOf(account, { channel: confirming }, now)?.since ?? null);
  const change = { deviceId: session.device.id, at: now, confirmedSince: since };
  for (const kind of changed) {
    const value = patch[kind] ?? null;
    replaceIdentifier(draft, kind, value, change, { leftByCode: confirming === kind, since });
    if (kind === 'username') continue;
    // Only who has proved it is told there: it may be anybody's else.
    const previous = account[`${kind}VerifiedAt`] && account[kind];
    const id = eventId('contact.changed', account.id, kind, now.getTime(), value ?? '');
    draft.emit(id, { type: 'contact.changed', channel: kind, previous, by: asEndedBy(session) });
  }
  if (changed.length > 0 && identifierKeys(draft.account).length === 0) throw new LastIdentifierError();
  return draft.commit(draft.account);
}
