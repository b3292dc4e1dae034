import type { DeviceClass } from '../accounts/index.js';

export const NOTIFICATION_KINDS = [
  'new_device',
  'session_displaced',
  'login_refused',
  'session_revoked',
  'token_reused',
  'password_changed',
  'recovery_link_made',
  'contact_changed',
  'username_changed',
  'device_reported',
  'login_requested',
  'deletion_requested',
  'deletion_cancelled',
  'export_requested',
  'export_cancelled',
  'login_unproven',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** A notice in the person's inbox. */
export interface Notification {
  /** Derives from the event, so that an event handed on twice makes one notice. */
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  /** The session that the notice warns of; null where none came about. */
  readonly sessionId: string | null;
  /** The device that the notice warns of, which may therefore not silence it. */
  readonly device: { readonly id: string; readonly name: string; readonly class: DeviceClass } | null;
  readonly ip: string | null;
  /** Of a login that waits: the three to pick from; null for every other kind. */
  readonly numbers: readonly number[] | null;
}
