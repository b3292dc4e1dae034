import {
  CODE_ADDED_LATER,
  REQUEST_ADDED_LATER,
  deletionDueAt,
  type Account,
  type Device,
  type EndedSession,
  type LoginRequest,
  type Profile,
  type Session,
  type Ticket,
} from '../../accounts/index.js';
import type { DeviceRow, ProfileRow, SessionRow, TicketRow, UserRow } from './sqlite-columns.js';
import type { SqlParams } from './sqlite-database.js';
import { revive } from './sqlite-json.js';

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
    locale: row.locale,
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
    codes: revive<Account['codes']>(row.codes).map((code) => ({ ...CODE_ADDED_LATER, ...code })),
    mobileAddedAt: toDate(row.mobile_added_at),
    emailAddedAt: toDate(row.email_added_at),
    mobileSince: toDate(row.mobile_since),
    emailSince: toDate(row.email_since),
    distrustedSince: toDate(row.distrusted_since),
    identifiersSetBy: revive<Account['identifiersSetBy']>(row.identifiers_set_by),
    formerIdentifiers: revive<Account['formerIdentifiers']>(row.former_identifiers),
    formerPassword: row.former_password === null ? null : revive<Account['formerPassword']>(row.former_password),
    refusedPasswords: JSON.parse(row.refused_passwords) as string[],
    postponed: revive<Account['postponed']>(row.postponed),
    recoveryLink: row.recovery_link === null ? null : revive<Account['recoveryLink']>(row.recovery_link),
    reported: JSON.parse(row.reported) as string[],
  };
}

export function toSession(row: SessionRow): Session | EndedSession {
  const session: Session = {
    id: row.id,
    userId: row.user_id,
    tokenHash: row.token_hash,
    rotation: row.rotation === null ? null : revive<Session['rotation']>(row.rotation),
    credentialVersion: row.credential_version,
    provedAt: toDate(row.proved_at),
    provedBy: row.proved_by,
    device: { id: row.device_id, name: row.device_name, class: row.device_class, browser: row.browser, os: row.os },
    ip: row.ip,
    askedFrom: row.asked_from,
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
    locale: account.locale,
    role: account.role,
    password_hash: account.passwordHash,
    credential_version: account.credentialVersion,
    created_at: account.createdAt.getTime(),
    locked_at: fromDate(account.lockedAt),
    deleted_at: fromDate(account.deletedAt),
    first_login_at: fromDate(account.firstLoginAt),
    codes: JSON.stringify(account.codes),
    mobile_added_at: fromDate(account.mobileAddedAt),
    email_added_at: fromDate(account.emailAddedAt),
    mobile_since: fromDate(account.mobileSince),
    email_since: fromDate(account.emailSince),
    distrusted_since: fromDate(account.distrustedSince),
    identifiers_set_by: JSON.stringify(account.identifiersSetBy),
    former_identifiers: JSON.stringify(account.formerIdentifiers),
    former_password: account.formerPassword && JSON.stringify(account.formerPassword),
    refused_passwords: JSON.stringify(account.refusedPasswords),
    postponed: JSON.stringify(account.postponed),
    recovery_link: account.recoveryLink && JSON.stringify(account.recoveryLink),
    deletes_at: fromDate(deletionDueAt(account)),
    reported: JSON.stringify(account.reported),
  };
}

export function fromSession(session: Session): SqlParams {
  const { device } = session;
  return {
    id: session.id,
    user_id: session.userId,
    token_hash: session.tokenHash,
    rotation: session.rotation && JSON.stringify(session.rotation),
    credential_version: session.credentialVersion,
    proved_at: fromDate(session.provedAt),
    proved_by: session.provedBy,
    device_id: device.id,
    device_name: device.name,
    device_class: device.class,
    browser: device.browser,
    os: device.os,
    ip: session.ip,
    asked_from: session.askedFrom,
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
    since: device.since.getTime(),
    last_seen_at: device.lastSeenAt.getTime(),
    proven_at: fromDate(device.provenAt),
    confirmed_at: fromDate(device.confirmedAt),
    blocked_at: fromDate(device.blockedAt),
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
    since: new Date(row.since),
    lastSeenAt: new Date(row.last_seen_at),
    provenAt: toDate(row.proven_at),
    confirmedAt: toDate(row.confirmed_at),
    blockedAt: toDate(row.blocked_at),
  };
}

function toTicket(row: TicketRow): Ticket {
  return {
    hash: row.hash,
    expiresAt: new Date(row.expires_at),
    credentialVersion: row.credential_version,
    provedBy: row.proved_by,
    vouched: row.vouched === null ? null : (JSON.parse(row.vouched) as Ticket['vouched']),
    holder: row.holder === null ? null : (JSON.parse(row.holder) as Ticket['holder']),
    request: row.request === null ? null : { ...REQUEST_ADDED_LATER, ...(JSON.parse(row.request) as LoginRequest) },
  };
}

export function toDate(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

export function fromDate(date: Date | null): number | null {
  return date === null ? null : date.getTime();
}
