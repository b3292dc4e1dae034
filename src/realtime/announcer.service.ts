import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isEnded, type AccountEvent, type EndedSnapshot, type SessionSnapshot } from '../accounts/index.js';
import { NotificationsService, toNotificationView, type Notification } from '../notifications/index.js';
import { Outbox } from '../outbox/index.js';
import { SessionValidator, toSessionView } from '../sessions/index.js';
import type { Hint } from './hint.js';
import { Nodes } from './nodes.service.js';
import { toSessionEnd } from './socket-events.js';
import { Sockets } from './sockets.service.js';

/** So many of the latest news are remembered, so that what arrives twice (a retry, two ways) is told once. */
const REMEMBERED = 10_000;

/** Tells the sockets of this node what has been committed, and gives the other nodes the hint to do the same. */
@Injectable()
export class Announcer implements OnModuleInit {
  private readonly logger = new Logger(Announcer.name);
  private readonly told = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    private readonly outbox: Outbox,
    private readonly notifications: NotificationsService,
    private readonly validator: SessionValidator,
    private readonly sockets: Sockets,
    private readonly nodes: Nodes,
  ) {}

  /** Session events come before any listener has stored anything; a notice comes once the inbox has it. */
  onModuleInit(): void {
    this.outbox.observe((event) => this.announce(event));
    this.notifications.onStored((notification) => {
      this.notificationCreated(notification);
      this.nodes.hint({ about: 'notification.created', userId: notification.userId, id: notification.id });
    });
    this.nodes.onHint((hint) => {
      this.follow(hint).catch((error: unknown) => this.logger.warn({ err: error }, 'a hint was not followed'));
    });
  }

  /** The ended session's sockets hear it first and close, then the user's others hear it. */
  sessionEnded(session: EndedSnapshot): void {
    this.sockets.end(session);
    if (this.isNews('ended', session.id))
      this.sockets.tell([session.userId], session.id, 'session.ended', toSessionEnd(session));
  }

  private announce(event: AccountEvent): void {
    switch (event.type) {
      case 'session.ended':
        this.sessionEnded(event.session);
        break;
      case 'session.started':
        this.sessionStarted(event.session);
        break;
      default:
        return;
    }
    this.nodes.hint({ about: event.type, userId: event.userId, id: event.session.id });
  }

  private sessionStarted(session: SessionSnapshot): void {
    if (this.isNews('started', session.id))
      this.sockets.tell([session.userId], session.id, 'session.started', toSessionView(session, null));
  }

  /** Not to the session that the notice warns of. */
  private notificationCreated(notification: Notification): void {
    if (this.isNews('notification', notification.id)) {
      const view = toNotificationView(notification);
      this.sockets.tell([notification.userId], notification.sessionId, 'notification.created', view);
      // The notice and the login request have one id.
      const { id, device, ip, numbers } = view;
      if (view.kind === 'login_requested')
        this.sockets.tell([notification.userId], null, 'login.requested', { id, device, ip, numbers });
    }
  }

  private async follow(hint: Hint): Promise<void> {
    if (!('userId' in hint)) return;
    const { about, userId, id } = hint;
    if (!this.sockets.isOnline(userId)) return;
    if (about === 'notification.created') {
      const notification = await this.notifications.find(userId, id);
      if (notification) this.notificationCreated(notification);
      return;
    }
    const session = await this.validator.look({ userId, sessionId: id });
    if (!session) return;
    if (isEnded(session)) this.sessionEnded(session);
    else this.sessionStarted(session);
  }

  private isNews(...fact: string[]): boolean {
    const key = fact.join(':');
    if (this.told.has(key)) return false;
    this.told.set(key, true);
    return true;
  }
}
