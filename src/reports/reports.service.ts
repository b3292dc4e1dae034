import { Injectable } from '@nestjs/common';
import { Accounts, type Actor, type EndedSession, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { NotificationNotFoundError, NotificationStore, type Notification } from '../notifications/index.js';
import { SessionStore } from '../sessions/index.js';
import { decideReport } from './report.decider.js';
import { InvalidReportLinkError, NotReportableError, OwnReportError, StaleReportLinkError } from './report.errors.js';
import { ReportLinks } from './report-links.service.js';

/** A link in a mail that nobody has opened for so long is void, in ms. */
const LINK_AGE_MS = 14 * 86_400_000;

/** Notices that warn of a login, let in or not. */
const REPORTABLE: readonly Notification['kind'][] = [
  'new_device',
  'session_displaced',
  'session_revoked',
  'login_refused',
  'login_requested',
  'password_changed',
  'contact_changed',
];

@Injectable()
export class ReportsService {
  constructor(
    private readonly accounts: Accounts,
    private readonly notifications: NotificationStore,
    private readonly sessions: SessionStore,
    private readonly links: ReportLinks,
    private readonly clock: Clock,
  ) {}

  /** From a session of the person. Repeating it changes nothing. Throws `NotificationNotFoundError`, `NotReportableError`, `OwnReportError`. */
  async report({ userId, id: sessionId }: Session, notificationId: string): Promise<Notification> {
    const notification = await this.notifications.find(userId, notificationId);
    if (!notification) throw new NotificationNotFoundError();
    if (notification.sessionId === sessionId) throw new OwnReportError();
    await this.commit(notification, { kind: 'user', userId, sessionId });
    return notification;
  }

  /** From the link in a mail or a text, once. Throws `InvalidReportLinkError` and `StaleReportLinkError`. */
  async reportByLink(token: string): Promise<void> {
    const linked = await this.links.read(token);
    if (!linked) throw new InvalidReportLinkError();
    const { userId, notificationId } = linked;
    const notification = await this.notifications.find(userId, notificationId);
    const age = notification ? this.clock.now().getTime() - notification.createdAt.getTime() : Infinity;
    if (!notification || age > LINK_AGE_MS) throw new StaleReportLinkError();
    const reported = await this.commit(notification, { kind: 'user', userId, sessionId: null });
    if (!reported) throw new StaleReportLinkError();
  }

  private async commit(notification: Notification, actor: Actor): Promise<boolean> {
    const { id: notificationId, userId, kind, createdAt } = notification;
    if (!REPORTABLE.includes(kind)) throw new NotReportableError();
    const session = await this.findSession(notification);
    const report = { now: this.clock.now(), actor, notificationId, session, since: session?.createdAt ?? createdAt };
    const { reported } = await this.accounts.change(userId, (account) => decideReport(account, report));
    return reported;
  }

  private async findSession({ userId, sessionId }: Notification): Promise<Session | EndedSession | null> {
    return sessionId === null ? null : ((await this.sessions.find(userId, sessionId))?.session ?? null);
  }
}
