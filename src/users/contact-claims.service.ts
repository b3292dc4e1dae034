import { Injectable } from '@nestjs/common';
import {
  AccountDraft,
  Accounts,
  AccountStore,
  eventId,
  giveUp,
  hasIdentifier,
  IdentifierTakenError,
  IDENTIFIER_KINDS,
  isSameMailbox,
  spellingsOf,
  SYSTEM,
  unchanged,
  type Account,
  type Decision,
  type IdentifierKind,
} from '../accounts/index.js';
import type { Contact } from '../auth/index.js';
import { Clock } from '../common/index.js';

/** Others may take the contact between the moment when it is free and the commit. */
const TRIES = 3;

type Wanted = Readonly<Partial<Record<IdentifierKind, string | null>>>;

/** A contact that somebody has proved to hold is theirs: an account that has it unproved gives it up, and no more than it. */
@Injectable()
export class ContactClaims {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `put`, which puts what is wanted on that account, the proven contacts among it. Throws `IdentifierTakenError` where another account
   * has verified one, or has something else that is wanted; then none moves.
   */
  async take<T>(userId: string, wanted: Wanted, contacts: readonly Contact[], put: () => Promise<T>): Promise<T> {
    for (let left = TRIES; ; left--) {
      try {
        return await put();
      } catch (error) {
        const taken =
          error instanceof IdentifierTakenError && contacts.find(({ channel }) => channel === error.kindTaken);
        if (!taken || left === 0) throw error;
        await this.assertFree(userId, wanted, contacts);
        await this.free(userId, taken);
      }
    }
  }

  /** What nobody has proved must be free. */
  private async assertFree(userId: string, wanted: Wanted, contacts: readonly Contact[]): Promise<void> {
    for (const kind of IDENTIFIER_KINDS.filter((one) => !contacts.some(({ channel }) => channel === one))) {
      const value = wanted[kind];
      const holder = value && (await this.store.findByIdentifier(kind, value));
      if (holder && holder.id !== userId) throw new IdentifierTakenError(kind);
    }
  }

  private async free(userId: string, contact: Contact): Promise<void> {
    const holder = await this.store.findByIdentifier(contact.channel, contact.value);
    if (!holder || holder.id === userId) return;
    const now = this.clock.now();
    const given = await this.accounts.changeIfThere(holder.id, (account) => decideGivingUp(account, contact, now));
    if (given && !given.up) throw new IdentifierTakenError(contact.channel);
  }
}

/**
 * Sessions and everything else stay. What the account has verified itself it keeps, unless it had it lately and has it no more; and what it
 * spells in a way that may lead to another mailbox than the one that was proved.
 */
export function decideGivingUp(account: Account, { channel, value }: Contact, now: Date): Decision<{ up: boolean }> {
  const isProved = spellingsOf(account, channel, value).every((spelling) => isSameMailbox(spelling, value));
  if (!isProved || (hasIdentifier(account, channel, value) && account[`${channel}VerifiedAt`]))
    return unchanged({ up: false });
  const draft = new AccountDraft(account, now, SYSTEM);
  if (!giveUp(draft, channel, value)) return unchanged({ up: true });
  const id = eventId('contact.changed', account.id, channel, now.getTime(), '');
  draft.emit(id, { type: 'contact.changed', channel, previous: null, by: null });
  return draft.commit({ up: true });
}
