import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { AccountStore, UserNotFoundError, type Account, type AccountEvent, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import { NotificationNotFoundError } from './notification.errors.js';
import type { Notification } from './notification.js';
import { noticeOf } from './notification.rules.js';
import { assertMaySilence, silenceableIn } from './silencing.rules.js';
import { NotificationStore, type NotificationQuery } from './notification.store.js';

@Injectable()
export class NotificationsService {
  private readonly stored = new EventEmitter<{ stored: [notification: Notification] }>();

  constructor(
    private readonly store: NotificationStore,
    private readonly accounts: AccountStore,
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

  /**
   * Throws `NotificationNotFoundError`, `OwnNotificationError` for a notice that warns of the session's own device, and
   * `FreshProofRequiredError` for one that warns of a device of higher standing.
   */
  async setRead(session: Session, id: string, read: boolean): Promise<Notification> {
    const { userId } = session;
    const notification = await this.store.find(userId, id);
    if (!notification) throw new NotificationNotFoundError();
    const now = this.clock.now();
    assertMaySilence(await this.getAccount(userId), session, notification, now);
    const readAt = read ? (notification.readAt ?? now) : null;
    await this.store.setRead(userId, id, readAt);
    return { ...notification, readAt };
  }

  /** Passes over those that `setRead` would refuse. */
  async setAllRead(session: Session): Promise<void> {
    const now = this.clock.now();
    const which = silenceableIn(await this.getAccount(session.userId), session, now);
    await this.store.setAllRead(session.userId, now, which);
  }

  /** Null where the user has no such notice. */
  find(userId: string, id: string): Promise<Notification | null> {
    return this.store.find(userId, id);
  }

  /** Called with each notice once it is in the inbox; again where its event is handed on again. */
  onStored(listener: (notification: Notification) => void): void {
    this.stored.on('stored', listener);
  }

  private async getAccount(userId: string): Promise<Account> {
    const account = await this.accounts.find(userId);
    if (!account) throw new UserNotFoundError();
    return account;
  }

  private async notify(event: AccountEvent): Promise<void> {
    const notification = noticeOf(event);
    if (!notification) return;
    await this.store.add(notification);
    this.stored.emit('stored', notification);
  }
}
