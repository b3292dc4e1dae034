import type { Activity } from './activity.js';

export interface ActivityQuery {
  /** Only activities older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** What was done in sessions. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class ActivityStore {
  /** One whose id is there already is left as it is. */
  abstract add(activity: Activity): Promise<void>;

  /** Takes one back. Removing none changes nothing. */
  abstract remove(id: string): Promise<void>;

  /** Of the session, newest first. Nothing is older than one that the session does not have. */
  abstract list(sessionId: string, query: ActivityQuery): Promise<Activity[]>;

  /** Of all sessions of the user, newest first. Nothing is older than one that the user does not have. */
  abstract listOfUser(userId: string, query: ActivityQuery): Promise<Activity[]>;

  /** Removes at most `limit` of the user's; returns how many. */
  abstract removeOfUser(userId: string, limit: number): Promise<number>;

  /** Drops at most `limit` that are older; returns how many. */
  abstract dropOlder(before: Date, limit: number): Promise<number>;
}
