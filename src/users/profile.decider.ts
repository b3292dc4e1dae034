import {
  assertTextable,
  asEndedBy,
  AccountDraft,
  eventId,
  freshChannelOf,
  hasIdentifier,
  holderOf,
  identifierKeys,
  IDENTIFIER_KINDS,
  nextRenameAt,
  replaceIdentifier,
  standingOf,
  type Account,
  type ContactChannel,
  type Decision,
  type IdentifierKind,
  type Profile,
  type Session,
} from '../accounts/index.js';
import { assertProved, getLive, type Reproof } from '../sessions/index.js';
import { verifyContact } from './contact-verification.js';
import { LastIdentifierError, RenameLimitReachedError } from './user.errors.js';

export interface ProfileChange {
  readonly now: Date;
  readonly sessionId: string;
  /** Null where none was given. */
  readonly proof: Reproof | null;
  /** Of the contacts of the patch the one that a code has proved to be the person's. */
  readonly claimed?: { readonly channel: ContactChannel; readonly codeId: string } | null;
  readonly patch: Partial<Pick<Profile, 'username' | 'displayName' | 'locale' | 'email' | 'mobile'>>;
}

/**
 * A new username, e-mail or mobile needs a fresh proof, and the person hears of it. A new contact is unverified, whatever the old one
 * was, unless a code has proved it already. Confirmed by a code to a verified channel, it counts from when that one did as soon as it is verified itself. What it replaces
 * stays good for a while, unless a code to it has confirmed that it goes. Throws `LastIdentifierError`
 * and `RenameLimitReachedError`.
 */
export function decideProfileChange(
  account: Account,
  { now, sessionId, proof, claimed, patch }: ProfileChange,
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
  if (changed.includes('username')) assertMayRename(account, patch.username ?? null, now);
  for (const kind of changed) {
    const value = patch[kind] ?? null;
    if (kind === 'mobile' && value !== null) assertTextable(kind, value);
    const replaced = replaceIdentifier(draft, kind, value, change, { leftByCode: confirming === kind, since });
    if (replaced || kind === 'username') emitChange(draft, account, kind, session);
  }
  if (changed.length > 0 && identifierKeys(draft.account).length === 0) throw new LastIdentifierError();
  if (claimed) verifyContact(draft, session, claimed.channel, claimed.codeId);
  return draft.commit(draft.account);
}

function emitChange(draft: AccountDraft, before: Account, kind: IdentifierKind, session: Session): void {
  const { id: userId, [kind]: value } = draft.account;
  const facts = [userId, kind, draft.now.getTime(), value ?? ''];
  const by = asEndedBy(session);
  if (kind === 'username') {
    draft.emit(eventId('username.changed', ...facts), { type: 'username.changed', by });
    return;
  }
  // Only who has proved it is told there: it may be somebody else's.
  const previous = before[`${kind}VerifiedAt`] && before[kind];
  draft.emit(eventId('contact.changed', ...facts), { type: 'contact.changed', channel: kind, previous, by });
}

/** A first username, and one that is only spelt otherwise, take nothing from anybody. */
function assertMayRename(account: Account, value: string | null, now: Date): void {
  const isRename = account.username !== null && !(value !== null && hasIdentifier(account, 'username', value));
  const availableAt = isRename ? nextRenameAt(account.formerIdentifiers, now) : null;
  if (availableAt) throw new RenameLimitReachedError(availableAt);
}
