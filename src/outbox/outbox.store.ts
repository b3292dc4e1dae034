import type { AccountEvent } from '../accounts/index.js';

/** The events that commits have left behind and that not every listener has seen. */
export abstract class OutboxStore {
  /** The user's waiting events, in the order of their commits. */
  abstract list(userId: string): Promise<AccountEvent[]>;

  /**
   * Users whose oldest waiting event is older than `before`: their committer has died or lags. In the order of their
   * ids, those behind `after` (null: all), at most `limit`.
   */
  abstract listUsersWaitingSince(before: Date, after: string | null, limit: number): Promise<string[]>;

  /** Removes events that every listener has seen. One that is gone already is passed over. */
  abstract remove(userId: string, eventIds: readonly string[]): Promise<void>;

  /** How many users have events waiting. */
  abstract countWaiting(): Promise<number>;
}
