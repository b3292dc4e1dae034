import { Injectable } from '@nestjs/common';
import type { EndedSession, Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { NotificationStore, type Notification } from '../notifications/index.js';
import { SessionStore } from '../sessions/index.js';
import type { Report } from './report.decider.js';
import { NotReportableError } from './report.errors.js';

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

/** What an administrator or a service has ended warns of nobody: to report it would shut out the person's own device. */
export function isReportable({ kind, sessionId }: Notification): boolean {
  return REPORTABLE.includes(kind) && (kind !== 'session_revoked' || sessionId !== null);
}

/** Finds what a notice warns of. */
@Injectable()
export class ReportedNotices {
  constructor(
    private readonly notifications: NotificationStore,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  find(userId: string, notificationId: string): Promise<Notification | null> {
    return this.notifications.find(userId, notificationId);
  }

  /** Throws `NotReportableError`. */
  async reportOf(notification: Notification): Promise<Omit<Report, 'actor'>> {
    if (!isReportable(notification)) throw new NotReportableError();
    const { id: notificationId, sessionId, device, createdAt } = notification;
    const session = await this.findSession(notification);
    // The notice outlives the session's record.
    const deviceId = sessionId === null ? null : (session?.device.id ?? device?.id ?? null);
    return { now: this.clock.now(), notificationId, session, deviceId, since: session?.createdAt ?? createdAt };
  }

  private async findSession({ userId, sessionId }: Notification): Promise<Session | EndedSession | null> {
    return sessionId === null ? null : ((await this.sessions.find(userId, sessionId))?.session ?? null);
  }
}
