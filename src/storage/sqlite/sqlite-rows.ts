import type {
  Account,
  Device,
  DeviceClass,
  EndedSession,
  EndReason,
  Profile,
  Role,
  Session,
  Ticket,
} from '../../accounts/index.js';
import type { SqlParams } from './sqlite-database.js';

export interface ProfileRow {
  id: string;
  mobile: string | null;
  username: string | null;
  email: string | null;
  mobile_verified_at: number | null;
  email_verified_at: number | null;
  display_name: string | null;
  avatar_url: string | null;
  role: Role;
  created_at: number;
}

export const PROFILE_COLUMNS = [
  'id',
  'mobile',
  'username',
  'email',
  'mobile_verified_at',
  'email_verified_at',
  'display_name',
  'avatar_url',
  'role',
  'created_at',
] as const satisfies (keyof ProfileRow)[];

export interface UserRow extends ProfileRow {
  password_hash: string | null;
  credential_version: number;
  locked_at: number | null;
  deleted_at: number | null;
  first_login_at: number | null;
}

export interface SessionRow {
  id: string;
  user_id: string;
  token_hash: string;
  device_id: string;
  device_name: string;
  device_class: DeviceClass;
  browser: string | null;
  os: string | null;
  ip: string;
  user_agent: string;
  created_at: number;
  last_seen_at: number;
  idle_timeout: number;
  expires_at: number;
  ended_at: number | null;
  end_reason: EndReason | null;
  ended_by: string | null;
}

export const SESSION_COLUMNS = [
  'id',
  'user_id',
  'token_hash',
  'device_id',
  'device_name',
  'device_class',
  'browser',
  'os',
  'ip',
  'user_agent',
  'created_at',
  'last_seen_at',
  'idle_timeout',
  'expires_at',
  'ended_at',
  'end_reason',
  'ended_by',
] as const satisfies (keyof SessionRow)[];

export interface DeviceRow {
  id: string;
  name: string;
  class: DeviceClass;
  browser: string | null;
  os: string | null;
  key_hash: string;
  signature: string;
  network: string;
  first_seen_at: number;
  last_seen_at: number;
  proven_at: number | null;
}

export interface TicketRow {
  hash: string;
  expires_at: number;
  credential_version: number | null;
  vouched: string | null;
}

export function toProfile(row: ProfileRow): Profile {
  return {
    id: row.id,
    mobile: row.mobile,
    username: row.username,
    email: row.email,
    mobileVerifiedAt: toDate(row.mobile_verified_at),
    emailVerifiedAt: toDate(row.email_verified_at),
    displayName: row.display_name,
    avatarUrl: row.avatar_url,
    role: row.role,
    createdAt: new Date(row.created_at),
  };
}

export function toAccount(row: UserRow, live: SessionRow[], devices: DeviceRow[], tickets: TicketRow[]): Account {
  return {
    ...toProfile(row),
    passwordHash: row.password_hash,
    credentialVersion: row.credential_version,
    lockedAt: toDate(row.locked_at),
    deletedAt: toDate(row.deleted_at),
    firstLoginAt: toDate(row.first_login_at),
    live: live.map(toSession),
    devices: devices.map(toDevice),
    tickets: tickets.map(toTicket),
  };
}

export function toSession(row: SessionRow): Session | EndedSession {
  const session: Session = {
    id: row.id,
    userId: row.user_id,
    tokenHash: row.token_hash,
    device: { id: row.device_id, name: row.device_name, class: row.device_class, browser: row.browser, os: row.os },
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: new Date(row.created_at),
    lastSeenAt: new Date(row.last_seen_at),
    idleTimeout: row.idle_timeout,
    expiresAt: new Date(row.expires_at),
  };
  if (row.ended_at === null || row.end_reason === null) return session;
  const endedBy = row.ended_by === null ? null : (JSON.parse(row.ended_by) as EndedSession['endedBy']);
  return { ...session, endedAt: new Date(row.ended_at), endReason: row.end_reason, endedBy };
}

export function fromUser(account: Account): SqlParams {
  return {
    id: account.id,
    mobile: account.mobile,
    mobile_verified_at: fromDate(account.mobileVerifiedAt),
    username: account.username,
    email: account.email,
    email_verified_at: fromDate(account.emailVerifiedAt),
    display_name: account.displayName,
    avatar_url: account.avatarUrl,
    role: account.role,
    password_hash: account.passwordHash,
    credential_version: account.credentialVersion,
    created_at: account.createdAt.getTime(),
    locked_at: fromDate(account.lockedAt),
    deleted_at: fromDate(account.deletedAt),
    first_login_at: fromDate(account.firstLoginAt),
  };
}

export function fromSession(session: Session): SqlParams {
  const { device } = session;
  return {
    id: session.id,
    user_id: session.userId,
    token_hash: session.tokenHash,
    device_id: device.id,
    device_name: device.name,
    device_class: device.class,
    browser: device.browser,
    os: device.os,
    ip: session.ip,
    user_agent: session.userAgent,
    created_at: session.createdAt.getTime(),
    last_seen_at: session.lastSeenAt.getTime(),
    idle_timeout: session.idleTimeout,
    expires_at: session.expiresAt.getTime(),
  };
}

export function fromDevice(userId: string, device: Device): SqlParams {
  return {
    id: device.id,
    user_id: userId,
    name: device.name,
    class: device.class,
    browser: device.browser,
    os: device.os,
    key_hash: device.keyHash,
    signature: device.signature,
    network: device.network,
    first_seen_at: device.firstSeenAt.getTime(),
    last_seen_at: device.lastSeenAt.getTime(),
    proven_at: fromDate(device.provenAt),
  };
}

function toDevice(row: DeviceRow): Device {
  return {
    id: row.id,
    name: row.name,
    class: row.class,
    browser: row.browser,
    os: row.os,
    keyHash: row.key_hash,
    signature: row.signature,
    network: row.network,
    firstSeenAt: new Date(row.first_seen_at),
    lastSeenAt: new Date(row.last_seen_at),
    provenAt: toDate(row.proven_at),
  };
}

function toTicket(row: TicketRow): Ticket {
  return {
    hash: row.hash,
    expiresAt: new Date(row.expires_at),
    credentialVersion: row.credential_version,
    vouched: row.vouched === null ? null : (JSON.parse(row.vouched) as Ticket['vouched']),
  };
}

export function toDate(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

export function fromDate(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}
