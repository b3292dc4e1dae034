import { AccountDraft, unchanged, type Decision } from './account-draft.js';
import type { Account } from './account.js';
import { IdentifierTakenError } from './account.errors.js';
import { eventId } from './account.events.js';
import type { AccountStore } from './account.store.js';
import { SYSTEM } from './actor.js';
import { giveUp, hasIdentifier } from './identifier-changes.js';
import { normalizeEmail } from './identifier.js';

/** Others may change their e-mail between two steps. */
const TRIES = 3;

/**
 * Brings an e-mail that an earlier version took as it was written into its one form. Where another account has the same one in another
 * spelling, whoever has verified theirs keeps it, else the older account. The other one is told, and loses nothing else. May be done
 * again, and by two nodes at once.
 */
export async function normalizeStoredEmail(store: AccountStore, userId: string, now: Date): Promise<void> {
  for (let left = TRIES; left > 0; left--) {
    try {
      await store.change(userId, (account) => decideNormalEmail(account, now));
      return;
    } catch (error) {
      if (!(error instanceof IdentifierTakenError)) throw error;
    }
    const account = await store.find(userId);
    const holder = account?.email ? await store.findByIdentifier('email', normalizeEmail(account.email)) : null;
    // Who had it lately may have it back: it stays as it is, and is found by its own spelling.
    if (!account || !holder || !hasIdentifier(holder, 'email', normalizeEmail(account.email!))) return;
    const [kept, lost] = [account, holder].sort(byRight) as [Account, Account];
    await store.change(lost.id, (loser) => decideCollision(loser, kept, now));
  }
}

function byRight(one: Account, other: Account): number {
  return (
    Number(other.emailVerifiedAt !== null) - Number(one.emailVerifiedAt !== null) ||
    one.createdAt.getTime() - other.createdAt.getTime() ||
    (one.id < other.id ? -1 : 1)
  );
}

/** Whoever holds the account did not ask for it, and has the same mailbox: there is nothing to tell. */
function decideNormalEmail(account: Account, now: Date): Decision<object> {
  const email = account.email && normalizeEmail(account.email);
  if (email === account.email) return unchanged({});
  const draft = new AccountDraft(account, now, SYSTEM);
  draft.set({ email });
  return draft.commit({});
}

function decideCollision(account: Account, kept: Account, now: Date): Decision<object> {
  const { id, email } = account;
  if (!email || normalizeEmail(email) !== normalizeEmail(kept.email!)) return unchanged({});
  const draft = new AccountDraft(account, now, SYSTEM);
  giveUp(draft, 'email', email);
  const fact = { type: 'contact.changed', channel: 'email', previous: null, by: null, keptById: kept.id } as const;
  draft.emit(eventId(fact.type, id, 'email', kept.id), fact);
  return draft.commit({});
}
