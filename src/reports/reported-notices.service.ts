import { Injectable } from '@nestjs/common';
import { NotificationStore, type Notification } from '../notifications/index.js';
import { SessionStore } from '../sessions/index.js';
import type { Suspect } from './report.decider.js';
import { NotReportableError } from './report.errors.js';

/** Notices that warn of a login, let in or not, or of what somebody has done in a session. */
const REPORTABLE: readonly Notification['kind'][] = [
  'new_device',
  'session_displaced',
  'session_revoked',
  'login_refused',
  'login_requested',
  'password_changed',
  'contact_changed',
  'username_changed',
  'deletion_requested',
  'export_requested',
  'login_unproven',
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
  ) {}

  find(userId: string, notificationId: string): Promise<Notification | null> {
    return this.notifications.find(userId, notificationId);
  }

  /** Throws `NotReportableError`. */
  async suspectOf(notification: Notification): Promise<Suspect> {
    if (!isReportable(notification)) throw new NotReportableError();
    const { userId, sessionId, kind, device, createdAt } = notification;
    const session = sessionId === null ? null : ((await this.sessions.find(userId, sessionId))?.session ?? null);
    // The notice outlives the session's record.
    const deviceId = session?.device.id ?? device?.id ?? null;
    // A recovery opens no session, but whoever made it has the password.
    const letIn = sessionId !== null || kind === 'password_changed';
    return { deviceId, letIn, seenAt: session?.createdAt ?? createdAt, session };
  }
}
