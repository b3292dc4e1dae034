import type { Notification } from './notification.js';
import type { Silenceable } from './silencing.rules.js';

export interface NotificationQuery {
  readonly unreadOnly: boolean;
  /** Only notices older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** The people's inboxes. Every failure to reach the store is a `StoreUnavailableError`. */
export abstract class NotificationStore {
  /** Adds the notice; one with the same id is there already and stays as it is. */
  abstract add(notification: Notification): Promise<void>;

  /** The user's own, newest first. At most `limit`. */
  abstract list(userId: string, query: NotificationQuery): Promise<Notification[]>;

  /** How many of all the user's notices are unread; 0 for a user who has none. */
  abstract countUnread(userId: string): Promise<number>;

  /** Null where the user has no such notice. */
  abstract find(userId: string, id: string): Promise<Notification | null>;

  /** Sets or clears the time of reading. One read already keeps its time; one that the user does not have is passed over. */
  abstract setRead(userId: string, id: string, readAt: Date | null): Promise<void>;

  /** Removes at most `limit` of the user's; returns how many. */
  abstract removeOfUser(userId: string, limit: number): Promise<number>;

  /** Marks all of the user's as read that are among `which`. */
  abstract setAllRead(userId: string, readAt: Date, which: Silenceable): Promise<void>;
}
