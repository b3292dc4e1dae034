import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { NotificationNotFoundError, type Notification } from '../notifications/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideReport } from './report.decider.js';
import { InvalidReportLinkError, OwnReportError, StaleReportLinkError } from './report.errors.js';
import { ReportedNotices } from './reported-notices.service.js';
import { ReportLinks } from './report-links.service.js';

/** A link in a mail that nobody has opened for so long is void, in ms. */
const LINK_AGE_MS = 14 * 86_400_000;

/** Reports about what a notice tells. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly own: OwnAccount,
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly notices: ReportedNotices,
    private readonly links: ReportLinks,
    private readonly clock: Clock,
  ) {}

  /**
   * From a session of the person. Repeating it changes nothing. Throws `NotificationNotFoundError`, `NotReportableError`, `OwnReportError`,
   * and `FreshProofRequiredError` where the session has no higher standing than the device that the notice warns of.
   */
  async report(session: Session, id: string): Promise<Notification> {
    const { userId, id: sessionId } = session;
    const notification = await this.notices.find(userId, id);
    if (!notification) throw new NotificationNotFoundError();
    if (notification.sessionId === sessionId) throw new OwnReportError();
    const suspect = await this.notices.suspectOf(notification);
    const actor = { kind: 'user', userId, sessionId } as const;
    const report = { id, now: this.clock.now(), actor, by: null, notificationId: id, suspect };
    await this.own.change(session, (account) => decideReport(account, report));
    return notification;
  }

  /** From the link in a mail or a text, once. Throws `InvalidReportLinkError`, `StaleReportLinkError` and `FreshProofRequiredError`. */
  async reportByLink(token: string): Promise<void> {
    const linked = await this.links.read(token);
    if (!linked) throw new InvalidReportLinkError();
    const { userId, notificationId: id, contactKey } = linked;
    const notification = await this.notices.find(userId, id);
    const account = await this.store.find(userId);
    const now = this.clock.now();
    const age = notification ? now.getTime() - notification.createdAt.getTime() : Infinity;
    const by = account && this.links.holderOf(account, contactKey);
    if (!notification || age > LINK_AGE_MS || !by) throw new StaleReportLinkError();
    const suspect = await this.notices.suspectOf(notification);
    const actor = { kind: 'user', userId, sessionId: null } as const;
    const report = { id, now, actor, by, notificationId: id, suspect };
    const { reported } = await this.accounts.change(userId, (current) => decideReport(current, report));
    if (!reported) throw new StaleReportLinkError();
  }
}
