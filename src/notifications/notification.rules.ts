import { inOurWords, type AccountEvent, type DeviceSummary } from '../accounts/index.js';
import type { Notification } from './notification.js';

/**
 * What the person hears of. A notice is about the session that it warns of: the new one, the one that displaced,
 * revoked or changed something. Nobody on its device may silence the notice. What an administrator or a service has
 * ended warns of no session. A token that was used again warns of no device: the person and the thief shared one.
 */
export function noticeOf(event: AccountEvent): Notification | null {
  switch (event.type) {
    case 'device.first_seen':
      return notice(event, 'new_device', { ...event.session, sessionId: event.session.id });
    case 'login.unproven':
      return notice(event, 'login_unproven', { ...event.session, sessionId: event.session.id });
    case 'sessions.displaced':
      return notice(event, 'session_displaced', event.by);
    case 'session.refused':
      return notice(event, 'login_refused', { ...event, sessionId: null });
    case 'sessions.revoked':
      return notice(event, 'session_revoked', event.by ?? { ...event.session, sessionId: null });
    case 'token.reused':
      return notice(event, 'token_reused', NOBODY);
    case 'password.changed':
      return notice(event, 'password_changed', event.by ?? NOBODY);
    case 'user.recovery_link_made':
      return notice(event, 'recovery_link_made', NOBODY);
    case 'contact.changed':
      return notice(event, 'contact_changed', event.by ?? NOBODY);
    case 'username.changed':
      return notice(event, 'username_changed', event.by);
    case 'device.reported':
      return notice(
        event,
        'device_reported',
        event.session ? { ...event.session, sessionId: event.session.id } : NOBODY,
      );
    case 'login.requested':
      return { ...notice(event, 'login_requested', { ...event, sessionId: null }), numbers: event.numbers ?? null };
    case 'deletion.requested':
      return notice(event, 'deletion_requested', event.by);
    case 'deletion.cancelled':
      return notice(event, 'deletion_cancelled', event.by ?? NOBODY);
    case 'export.requested':
      return notice(event, 'export_requested', event.by);
    case 'export.cancelled':
      return notice(event, 'export_cancelled', event.by ?? NOBODY);
    case 'device.forgotten':
    case 'export.handed_out':
    case 'login.decided':
    case 'contact.verified':
    case 'identifiers.restored':
    case 'user.created':
    case 'user.locked':
    case 'user.unlocked':
    case 'user.role_changed':
    case 'user.deleted':
    case 'session.started':
    case 'session.ended':
      return null;
  }
}

interface About {
  readonly sessionId: string | null;
  readonly device: DeviceSummary | null;
  readonly ip: string | null;
}

/** No session brought it about. */
const NOBODY: About = { sessionId: null, device: null, ip: null };

function notice(event: AccountEvent, kind: Notification['kind'], { sessionId, device, ip }: About): Notification {
  const { id, userId, at: createdAt } = event;
  return { id, userId, kind, createdAt, readAt: null, sessionId, device: device && brief(device), ip, numbers: null };
}

function brief(device: DeviceSummary): NonNullable<Notification['device']> {
  const { id, name, class: deviceClass } = inOurWords(device);
  return { id, name, class: deviceClass };
}
