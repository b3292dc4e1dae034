import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import type { AccountEvent } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import { NotificationNotFoundError, OwnNotificationError } from './notification.errors.js';
import type { Notification } from './notification.js';
import { noticeOf } from './notification.rules.js';
import { NotificationStore, type NotificationQuery } from './notification.store.js';

@Injectable()
export class NotificationsService {
  private readonly stored = new EventEmitter<{ stored: [notification: Notification] }>();

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

  /** Null where the user has no such notice. */
  find(userId: string, id: string): Promise<Notification | null> {
    return this.store.find(userId, id);
  }

  /** Called with each notice once it is in the inbox; again where its event is handed on again. */
  onStored(listener: (notification: Notification) => void): void {
    this.stored.on('stored', listener);
  }

  private async notify(event: AccountEvent): Promise<void> {
    const notification = noticeOf(event);
    if (!notification) return;
    await this.store.add(notification);
    this.stored.emit('stored', notification);
  }
}
