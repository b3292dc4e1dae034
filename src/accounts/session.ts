import { inOurWords, type DeviceSummary } from './device.js';

export const CONTACT_CHANNELS = ['mobile', 'email'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** The password, or a code to that channel. */
export type ProvedBy = 'password' | ContactChannel;

/** The tokens before and beside the one that was issued last. Hashes as `tokenHash`. */
export interface Rotation {
  /** The token that was shown for the latest one. It stays valid until ten seconds after a successor was first used. */
  readonly predecessor: string;
  /** Other successors of it that nobody has used, the latest last: the answer with a token may be lost, and rotations may race. */
  readonly siblings: readonly string[];
  /** When a successor was first used; null while none has been. */
  readonly usedAt: Date | null;
}

/** One login that is live. Times are UTC. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** SHA-256, hex, of the token's secret. The token itself is stored nowhere. */
  readonly tokenHash: string;
  /** Null for a session whose token has never been rotated. */
  readonly rotation: Rotation | null;
  /** The password in force when its holder proved themselves by password or code; null where a service vouched. */
  readonly credentialVersion: number | null;
  /** When its holder last proved who they are, at the login or later; null where nobody but a service has vouched for them. */
  readonly provedAt: Date | null;
  readonly provedBy: ProvedBy | null;
  readonly device: DeviceSummary;
  readonly ip: string;
  /** Where its login was asked from, if the client then came in with its ticket from another address than that. */
  readonly askedFrom: string | null;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** Seconds without use after which the session ends; taken from the policy at login. */
  readonly idleTimeout: number;
  /** The absolute timeout. */
  readonly expiresAt: Date;
}

export const END_REASONS = [
  'logged_out',
  'displaced',
  'revoked',
  'reported',
  'revoked_by_admin',
  'revoked_by_service',
  'idle_timeout',
  'expired',
  'password_changed',
  'device_forgotten',
  'token_reused',
  'user_locked',
  'user_deleted',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** The session that brought the end about, where one did: the successor of a displaced session, the revoker of a revoked one. */
export interface EndedBy {
  readonly sessionId: string;
  readonly device: DeviceSummary;
  readonly ip: string;
}

/** Who has done something: in a session, or without one, as at a recovery. */
export type ActedBy = Omit<EndedBy, 'sessionId'> & { readonly sessionId: string | null };

/** The tombstone: keeps the hashes of the token and of those about it, so that their bearer, and nobody else, learns why. */
export interface EndedSession extends Session {
  readonly endedAt: Date;
  readonly endReason: EndReason;
  readonly endedBy: EndedBy | null;
}

/** A session as listeners see it. */
type Hashed = 'tokenHash' | 'rotation';
export type SessionSnapshot = Omit<Session, Hashed>;
export type EndedSnapshot = Omit<EndedSession, Hashed>;

/** Whether nobody but a service has said that its holder is the person. A password or a code given in the session says so, too. */
export function isVouched({ credentialVersion }: Session): boolean {
  return credentialVersion === null;
}

export function isEnded<S extends SessionSnapshot>(session: S): session is Extract<S, EndedSnapshot> {
  return 'endedAt' in session;
}

/** Nothing of the person or their device is left: for those of a deleted account. Ids, times, the reason and the token's hash stay. */
export function withoutTraces<S extends SessionSnapshot>(session: S): S {
  const device: DeviceSummary = { id: session.device.id, name: '', class: 'other', browser: null, os: null };
  return { ...session, device, ip: '', askedFrom: null, userAgent: '', ...(isEnded(session) && { endedBy: null }) };
}

export function asEndedBy(session: Session): EndedBy {
  return { sessionId: session.id, device: inOurWords(session.device), ip: session.ip };
}

/** The reason for which the clock has ended the session, or null while neither timeout has struck. */
export function timeoutOf(session: SessionSnapshot, now: Date): 'idle_timeout' | 'expired' | null {
  if (now >= session.expiresAt) return 'expired';
  return now >= idleExpiryOf(session) ? 'idle_timeout' : null;
}

/** When the session ends unless it is used until then: never later than it ends in any case. */
export function idleExpiryOf({ lastSeenAt, idleTimeout, expiresAt }: SessionSnapshot): Date {
  return new Date(Math.min(lastSeenAt.getTime() + idleTimeout * 1000, expiresAt.getTime()));
}

/** How far a recorded `lastSeenAt` may lag behind the last use, in ms: it is renewed at most this often. */
export function renewalIntervalOf(session: Session): number {
  return Math.min(60_000, session.idleTimeout * 100);
}

/** The moment from which a sweep may take a live session for timed out, whatever use is still to be recorded. */
export function overdueAt(session: Session): Date {
  const idle = idleExpiryOf(session).getTime() + renewalIntervalOf(session);
  return new Date(Math.min(idle, session.expiresAt.getTime()));
}
