import type { Erasure } from './erasure.js';

/** Which deleted accounts have to be erased. */
export abstract class ErasureStore {
  /** Where the account has one, nothing changes. */
  abstract add(erasure: Erasure): Promise<void>;

  /** Takes the place of the one that the account has. */
  abstract put(erasure: Erasure): Promise<void>;

  /** Due at `now`, the longest due first. At most `limit`. */
  abstract listDue(now: Date, limit: number): Promise<Erasure[]>;

  /** Removing none changes nothing. */
  abstract remove(userId: string): Promise<void>;
}
