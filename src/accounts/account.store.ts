import type { Account } from './account.js';
import type { AccountEvent } from './account.events.js';
import type { Decide } from './account-draft.js';
import type { IdentifierKind } from './identifier.js';

/** The id of no account, for reads that must take place all the same. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Where accounts live. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class AccountStore {
  /** Adds an account with its first events, both or neither. Throws `IdentifierTakenError` where another account holds one of its identifiers. */
  abstract create(account: Account, events: readonly AccountEvent[]): Promise<void>;

  /**
   * Runs `decide` on the newest state and commits its whole change, events included, as one atomic step, or nothing.
   * May run `decide` several times; what it throws is passed on and nothing is changed. Null where there is no such account. Throws `IdentifierTakenError` as `create` does.
   */
  abstract change<R>(userId: string, decide: Decide<R>): Promise<R | null>;

  /** Null for an account that does not exist or was never completed. A deleted one is returned, with `deletedAt`. */
  abstract find(userId: string): Promise<Account | null>;

  /** The account that has the identifier, or had it as one of its former identifiers; see `hasIdentifier`. Null where there is none. */
  abstract findByIdentifier(kind: IdentifierKind, value: string): Promise<Account | null>;

  /**
   * As `findByIdentifier`, but only what a proof is tried against: without sessions, tickets and codes, and of the devices those
   * alone that have one of these hashes. It takes as long for an account with many of them, and for an identifier that no account has:
   * `keyHashesOf` is then asked for an account that there is not.
   */
  abstract findToProve(
    kind: IdentifierKind,
    value: string,
    keyHashesOf: (userId: string) => readonly string[],
  ): Promise<Account | null>;

  /** Ids of accounts whose deletion (see `deletionDueAt`) is due at `now`, the longest due first. At most `limit`. */
  abstract listToDelete(now: Date, limit: number): Promise<string[]>;

  /** Leaves no trace of the identifiers that a deleted account has given up: its process may have died over it. Passes over any other account. */
  abstract dropIdentifiers(userId: string): Promise<void>;
}
