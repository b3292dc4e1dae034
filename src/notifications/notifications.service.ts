import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { AppError, Clock } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import type { Notification } from './notification.js';
import { noticeOf } from './notification.rules.js';
import { NotificationStore, type NotificationQuery } from './notification.store.js';

export class NotificationNotFoundError extends AppError {
  constructor() {
    super('notification_not_found', 'missing', 'There is no such notification.');
  }
}

/** The session that a notice warns of may not silence it. */
export class OwnNotificationError extends AppError {
  constructor() {
    super(
      'notification_about_this_session',
      'conflict',
      'This notice is about the session that asks; use another one.',
    );
  }
}

@Injectable()
export class NotificationsService {
  constructor(
    private readonly store: NotificationStore,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    outbox.listen((event) => this.notify(event));
  }

  /** Newest first, with the number of unread ones. Reads one more than `limit`. */
  async list(userId: string, query: NotificationQuery): Promise<{ found: Notification[]; unread: number }> {
    const found = await this.store.list(userId, { ...query, limit: query.limit + 1 });
    return { found, unread: await this.store.countUnread(userId) };
  }

  /** Throws `NotificationNotFoundError`, and `OwnNotificationError` for a notice that warns of `sessionId`. */
  async setRead(userId: string, sessionId: string, id: string, read: boolean): Promise<Notification> {
    const notification = await this.store.find(userId, id);
    if (!notification) throw new NotificationNotFoundError();
    if (notification.sessionId === sessionId) throw new OwnNotificationError();
    const readAt = read ? (notification.readAt ?? this.clock.now()) : null;
    await this.store.setRead(userId, id, readAt);
    return { ...notification, readAt };
  }

  async setAllRead(userId: string, sessionId: string): Promise<void> {
    await this.store.setAllRead(userId, this.clock.now(), sessionId);
  }

  private async notify(event: AccountEvent): Promise<void> {
    const notification = noticeOf(event);
    if (notification) await this.store.add(notification);
  }
}
