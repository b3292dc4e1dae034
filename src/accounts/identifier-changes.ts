import type { Account, Code, CodePurpose } from './account.js';
import type { AccountDraft } from './account-draft.js';
import {
  formerKey,
  isHeldForSure,
  isStillGood,
  type FormerIdentifier,
  type IdentifierChange,
} from './former-identifier.js';
import { identifierKey, IDENTIFIER_KINDS, isSameMailbox, type IdentifierKind } from './identifier.js';
import { isChannelTrusted } from './password-trust.js';
import { CONTACT_CHANNELS, type ContactChannel } from './session.js';
import { standingOf, type Holder } from './standing.js';

/** Former contacts that an account keeps: those that it had first, for a thief can set any number of new ones. Usernames are few: see `nextRenameAt`. */
const MAX_FORMER = 10;

/** Whether the account has that identifier now, and not as a former one. */
export function hasIdentifier(account: Account, kind: IdentifierKind, value: string): boolean {
  const own = account[kind];
  return own !== null && identifierKey(kind, own) === identifierKey(kind, value);
}

/** Whether the account had that identifier lately. */
export function hadIdentifier(account: Account, kind: IdentifierKind, value: string, now: Date): boolean {
  const key = identifierKey(kind, value);
  return account.formerIdentifiers.some((former) => formerKey(former) === key && isStillGood(former, now));
}

/** The verified mobile or e-mail of the account, or one that was it lately; null for any other. */
export function channelOf(account: Account, channel: ContactChannel, contact: string, now: Date): Holder | null {
  const holders: Holder[] = [
    ...(isPresent(account, channel, contact) ? [{ channel }] : []),
    ...account.formerIdentifiers.filter(isFormerly(channel, contact)).map((former) => ({ former })),
  ];
  // A contact that somebody has put back without proving it must not hide the former one.
  return holders.find((holder) => standingOf(account, holder, now)) ?? null;
}

/**
 * Whose rights a code has that is sent to that contact; null where none may be sent there. `verify` goes to the contact of the account,
 * `login` to a verified one, `recover` also to one that was replaced lately. Once a stranger is known to have the password, codes go
 * only to channels that were verified before the stranger came.
 */
export function codeHolderOf(
  account: Account,
  { purpose, channel, contact }: Pick<Code, 'purpose' | 'channel' | 'contact'>,
  now: Date,
): Holder | null {
  if (purpose === 'verify') return isPresent(account, channel, contact) ? { channel } : null;
  const holder = channelOf(account, channel, contact, now);
  if (!holder || ('former' in holder && purpose !== 'recover')) return null;
  return isChannelTrusted(account, standingOf(account, holder, now)!) ? holder : null;
}

/**
 * The contact to which a code goes that somebody asks for by naming a mobile or an e-mail, as the account spells it; null for none. The
 * mailbox that was named comes before others that the account has under the same key.
 */
export function codeContactOf(
  account: Account,
  purpose: CodePurpose,
  channel: ContactChannel,
  named: string,
  now: Date,
): string | null {
  for (const contact of [named, ...spellingsOf(account, channel, named)]) {
    const holder = codeHolderOf(account, { purpose, channel, contact }, now);
    if (holder) return 'former' in holder ? holder.former.value : account[channel];
  }
  return null;
}

function isPresent(account: Account, channel: ContactChannel, contact: string): boolean {
  const own = account[channel];
  return own !== null && isSameMailbox(own, contact);
}

const isFormerly = (kind: IdentifierKind, value: string) => (former: FormerIdentifier) =>
  former.kind === kind && isSameMailbox(former.value, value);

/**
 * Puts another identifier in the place of the present one, unverified, or none at all. `leftByCode`: a code to the contact that goes has
 * confirmed it, which ends its rights at once. `since`: from when the new contact counts once it is verified, if that is known. Returns
 * false for one that is only spelt otherwise: it stays what it was.
 */
export function replaceIdentifier(
  draft: AccountDraft,
  kind: IdentifierKind,
  value: string | null,
  change: IdentifierChange,
  { leftByCode = false, since = null }: { leftByCode?: boolean; since?: Date | null } = {},
): boolean {
  const { account } = draft;
  const left = account[kind];
  // What is only spelt otherwise is the same one.
  if (left !== null && value !== null && isSameMailbox(left, value)) {
    draft.set({ [kind]: value });
    return false;
  }
  const former = leftByCode ? null : toFormer(account, kind, change);
  // It may have been on the account before, and replaced without a code.
  if (leftByCode && left !== null) dropFormer(draft, isFormerly(kind, left));
  put(draft, kind, { value, addedAt: change.at, verifiedAt: null, since: value === null ? null : since });
  draft.set({
    identifiersSetBy: { ...account.identifiersSetBy, [kind]: change },
    ...(former && { formerIdentifiers: earliest([...account.formerIdentifiers, former]) }),
  });
  return true;
}

/**
 * Takes back what somebody has done to the identifiers: each gets the value that it had before, or none where that is not known any more.
 * Returns which.
 */
export function restoreIdentifiers(
  draft: AccountDraft,
  isTheirs: (change: IdentifierChange) => boolean,
): IdentifierKind[] {
  const changed = IDENTIFIER_KINDS.filter((kind) => {
    const change = draft.account.identifiersSetBy[kind];
    return change && isTheirs(change);
  });
  for (const kind of changed) {
    const { formerIdentifiers } = draft.account;
    const newestFirst = formerIdentifiers
      .filter((former) => former.kind === kind)
      .sort((a, b) => b.replaced.at.getTime() - a.replaced.at.getTime());
    const end = newestFirst.findIndex(({ replaced }) => !isTheirs(replaced));
    const theirs = end < 0 ? newestFirst : newestFirst.slice(0, end);
    const before = theirs.at(-1);
    // What they had put there themselves came in the place of nothing.
    const isOurs = before && !(before.setBy && isTheirs(before.setBy)) && isHeldForSure(before, draft.now);
    putBack(draft, kind, isOurs ? before : null);
    draft.set({ formerIdentifiers: formerIdentifiers.filter((former) => !theirs.includes(former)) });
  }
  return changed;
}

/** Puts a former identifier in the place of the present one, which leaves no trace; null for nothing. */
export function putBack(draft: AccountDraft, kind: IdentifierKind, former: FormerIdentifier | null): void {
  const { identifiersSetBy, formerIdentifiers } = draft.account;
  put(draft, kind, former ?? NOTHING);
  const { [kind]: _, ...others } = identifiersSetBy;
  const setBy = former?.setBy ? { ...others, [kind]: former.setBy } : others;
  draft.set({ identifiersSetBy: setBy, formerIdentifiers: formerIdentifiers.filter((one) => one !== former) });
}

/** How the account spells a contact, now and as a former one. */
export function spellingsOf(account: Account, channel: ContactChannel, contact: string): string[] {
  const formers = account.formerIdentifiers.filter((former) => formerKey(former) === identifierKey(channel, contact));
  const own = hasIdentifier(account, channel, contact) ? [account[channel]!] : [];
  return [...own, ...formers.map(({ value }) => value)];
}

/** Takes a contact off, now and as a former one: somebody else has proved to hold it. Returns whether it was there. What a report puts back stays. */
export function giveUp(draft: AccountDraft, channel: ContactChannel, contact: string): boolean {
  const had = hasIdentifier(draft.account, channel, contact);
  if (had) put(draft, channel, NOTHING);
  return dropFormer(draft, (former) => formerKey(former) === identifierKey(channel, contact)) || had;
}

/** Ends the rights of former contacts, and frees them. Returns whether there were any. */
export function dropFormer(draft: AccountDraft, which: (former: FormerIdentifier) => boolean): boolean {
  const kept = draft.account.formerIdentifiers.filter((former) => !which(former));
  const dropped = kept.length < draft.account.formerIdentifiers.length;
  if (dropped) draft.set({ formerIdentifiers: kept });
  return dropped;
}

/** Nobody's word counts any more: every contact has to be proved again, and former ones have no rights. */
export function unverifyContacts(draft: AccountDraft): void {
  for (const channel of CONTACT_CHANNELS) draft.set({ [`${channel}VerifiedAt`]: null, [`${channel}Since`]: null });
  dropFormer(draft, ({ kind }) => kind !== 'username');
}

const NOTHING = { value: null, addedAt: null, verifiedAt: null, since: null };

function put(
  draft: AccountDraft,
  kind: IdentifierKind,
  {
    value,
    addedAt,
    verifiedAt,
    since,
  }: Pick<FormerIdentifier, 'verifiedAt' | 'since'> & {
    value: string | null;
    addedAt: Date | null;
  },
): void {
  draft.set({ [kind]: value });
  if (kind === 'username') return;
  draft.set({
    [`${kind}AddedAt`]: value === null ? null : addedAt,
    [`${kind}VerifiedAt`]: verifiedAt,
    [`${kind}Since`]: since,
  });
}

function toFormer(account: Account, kind: IdentifierKind, replaced: IdentifierChange): FormerIdentifier | null {
  const value = account[kind];
  if (value === null) return null;
  const setBy = account.identifiersSetBy[kind] ?? null;
  const setAt = setBy?.at ?? account.createdAt;
  if (kind === 'username') return { kind, value, addedAt: setAt, setBy, verifiedAt: null, since: null, replaced };
  const [addedAt, verifiedAt] = [account[`${kind}AddedAt`] ?? setAt, account[`${kind}VerifiedAt`]];
  const since = verifiedAt && (account[`${kind}Since`] ?? verifiedAt);
  return { kind, value, addedAt, setBy, verifiedAt, since, replaced };
}

function earliest(formers: readonly FormerIdentifier[]): FormerIdentifier[] {
  const sorted = [...formers].sort((a, b) => a.addedAt.getTime() - b.addedAt.getTime());
  const contacts = sorted.filter(({ kind }) => kind !== 'username').slice(0, MAX_FORMER);
  return sorted.filter((former) => former.kind === 'username' || contacts.includes(former));
}
