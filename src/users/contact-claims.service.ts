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
  unchanged,
  type Account,
  type Actor,
  type Decision,
  type IdentifierKind,
} from '../accounts/index.js';
import type { Contact } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { assertMayTouch, ServiceScopes } from '../sessions/index.js';

/** Others may take the contact between the moment when it is free and the commit. */
const TRIES = 3;

interface Taking {
  /** The account that gets them. */
  readonly userId: string;
  /** All identifiers that it shall have. */
  readonly wanted: Readonly<Partial<Record<IdentifierKind, string | null>>>;
  /** Those among them that were proved. */
  readonly contacts: readonly Contact[];
  readonly actor: Actor;
}

interface GivingUp extends Contact {
  readonly now: Date;
  readonly actor: Actor;
  readonly sparesAdmins: boolean;
}

/** A contact that somebody has proved to hold is theirs: an account that has it unproved gives it up, and no more than it. */
@Injectable()
export class ContactClaims {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly scopes: ServiceScopes,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `put`, which puts what is wanted on that account. Throws `IdentifierTakenError` where another account has verified one of the
   * contacts, or has something else that is wanted, and `ServiceScopeRequiredError` for a service that may not touch the administrator who
   * has one; then none moves.
   */
  async take<T>(taking: Taking, put: () => Promise<T>): Promise<T> {
    const { contacts } = taking;
    for (let left = TRIES; ; left--) {
      try {
        return await put();
      } catch (error) {
        const taken =
          error instanceof IdentifierTakenError && contacts.find(({ channel }) => channel === error.kindTaken);
        if (!taken || left === 0) throw error;
        await this.assertFree(taking);
        await this.free(taking, taken);
      }
    }
  }

  /** What nobody has proved must be free. */
  private async assertFree({ userId, wanted, contacts }: Taking): Promise<void> {
    for (const kind of IDENTIFIER_KINDS.filter((one) => !contacts.some(({ channel }) => channel === one))) {
      const value = wanted[kind];
      const holder = value && (await this.store.findByIdentifier(kind, value));
      if (holder && holder.id !== userId) throw new IdentifierTakenError(kind);
    }
  }

  private async free({ userId, actor }: Taking, contact: Contact): Promise<void> {
    const holder = await this.store.findByIdentifier(contact.channel, contact.value);
    if (!holder || holder.id === userId) return;
    const request = { now: this.clock.now(), actor, sparesAdmins: this.scopes.sparesAdmins(actor), ...contact };
    const given = await this.accounts.changeIfThere(holder.id, (account) => decideGivingUp(account, request));
    if (given && !given.up) throw new IdentifierTakenError(contact.channel);
  }
}

/**
 * Sessions and everything else stay. What the account has verified itself it keeps, unless it had it lately and has it no more; and what it
 * spells in a way that may lead to another mailbox than the one that was proved.
 */
export function decideGivingUp(account: Account, request: GivingUp): Decision<{ up: boolean }> {
  const { channel, value, now, actor } = request;
  assertMayTouch(account, request);
  const isProved = spellingsOf(account, channel, value).every((spelling) => isSameMailbox(spelling, value));
  if (!isProved || (hasIdentifier(account, channel, value) && account[`${channel}VerifiedAt`]))
    return unchanged({ up: false });
  const draft = new AccountDraft(account, now, actor);
  if (!giveUp(draft, channel, value)) return unchanged({ up: true });
  const id = eventId('contact.changed', account.id, channel, now.getTime(), '');
  draft.emit(id, { type: 'contact.changed', channel, previous: null, by: null });
  return draft.commit({ up: true });
}
