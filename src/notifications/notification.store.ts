import type { Notification } from './notification.js';

export interface NotificationQuery {
  readonly unreadOnly: boolean;
  /** Only notices older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

export abstract class NotificationStore {
  /** Adds the notice; one with the same id is there already and stays as it is. */
  abstract add(notification: Notification): Promise<void>;

  /** Newest first. */
  abstract list(userId: string, query: NotificationQuery): Promise<Notification[]>;

  abstract countUnread(userId: string): Promise<number>;

  /** Null where the user has no such notice. */
  abstract find(userId: string, id: string): Promise<Notification | null>;

  /** Sets or clears the time of reading. One read already keeps its time. */
  abstract setRead(userId: string, id: string, readAt: Date | null): Promise<void>;

  /** Marks all of the user's as read but those that warn of `exceptSessionId`. */
  abstract setAllRead(userId: string, readAt: Date, exceptSessionId: string): Promise<void>;
}
