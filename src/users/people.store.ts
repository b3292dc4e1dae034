import type { Account, Profile } from '../accounts/index.js';

/** A person as lists of people show them. */
export type Person = Profile & Pick<Account, 'lockedAt'>;

/** Reads over all people. Neither deleted ones nor those whose registration was never completed. */
export abstract class PeopleStore {
  /** Newest first, from the one before the id on: a walk along an index that stops at `limit`. */
  abstract list(before: string | null, limit: number): Promise<Person[]>;

  /** Those with these ids, in no order. */
  abstract find(ids: readonly string[]): Promise<Person[]>;
}
