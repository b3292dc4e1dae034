import { Injectable } from '@nestjs/common';
import { Accounts, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { NotificationNotFoundError, type Notification } from '../notifications/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideReport } from './report.decider.js';
import { InvalidReportLinkError, OwnReportError, StaleReportLinkError } from './report.errors.js';
import { ReportedNotices } from './reported-notices.service.js';
import { ReportLinks } from './report-links.service.js';

/** A link in a mail that nobody has opened for so long is void, in ms. */
const LINK_AGE_MS = 14 * 86_400_000;

@Injectable()
export class ReportsService {
  constructor(
    private readonly own: OwnAccount,
    private readonly accounts: Accounts,
    private readonly notices: ReportedNotices,
    private readonly links: ReportLinks,
    private readonly clock: Clock,
  ) {}

  /** From a session of the person. Repeating it changes nothing. Throws `NotificationNotFoundError`, `NotReportableError`, `OwnReportError`. */
  async report(session: Session, notificationId: string): Promise<Notification> {
    const { userId, id: sessionId } = session;
    const notification = await this.notices.find(userId, notificationId);
    if (!notification) throw new NotificationNotFoundError();
    if (notification.sessionId === sessionId) throw new OwnReportError();
    const report = {
      ...(await this.notices.reportOf(notification)),
      actor: { kind: 'user', userId, sessionId } as const,
    };
    await this.own.change(session, (account) => decideReport(account, report));
    return notification;
  }

  /** From the link in a mail or a text, once. Throws `InvalidReportLinkError` and `StaleReportLinkError`. */
  async reportByLink(token: string): Promise<void> {
    const linked = await this.links.read(token);
    if (!linked) throw new InvalidReportLinkError();
    const { userId, notificationId } = linked;
    const notification = await this.notices.find(userId, notificationId);
    const age = notification ? this.clock.now().getTime() - notification.createdAt.getTime() : Infinity;
    if (!notification || age > LINK_AGE_MS) throw new StaleReportLinkError();
    const actor = { kind: 'user', userId, sessionId: null } as const;
    const report = { ...(await this.notices.reportOf(notification)), actor };
    const { reported } = await this.accounts.change(userId, (account) => decideReport(account, report));
    if (!reported) throw new StaleReportLinkError();
  }
}
