import type { DeviceClass, EndReason, Locale, ProvedBy, Role } from '../../accounts/index.js';

export interface ProfileRow {
  id: string;
  mobile: string | null;
  username: string | null;
  email: string | null;
  mobile_verified_at: number | null;
  email_verified_at: number | null;
  display_name: string | null;
  avatar_url: string | null;
  locale: Locale | null;
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
  'locale',
  'role',
  'created_at',
] as const satisfies (keyof ProfileRow)[];

export interface UserRow extends ProfileRow {
  password_hash: string | null;
  credential_version: number;
  locked_at: number | null;
  deleted_at: number | null;
  first_login_at: number | null;
  codes: string;
  mobile_added_at: number | null;
  email_added_at: number | null;
  mobile_since: number | null;
  email_since: number | null;
  distrusted_since: number | null;
  identifiers_set_by: string;
  former_identifiers: string;
  former_password: string | null;
  refused_passwords: string;
  postponed: string;
  recovery_link: string | null;
  reported: string;
}

export interface SessionRow {
  id: string;
  user_id: string;
  token_hash: string;
  rotation: string | null;
  credential_version: number | null;
  proved_at: number | null;
  proved_by: ProvedBy | null;
  device_id: string;
  device_name: string;
  device_class: DeviceClass;
  browser: string | null;
  os: string | null;
  ip: string;
  asked_from: string | null;
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
  'rotation',
  'credential_version',
  'proved_at',
  'proved_by',
  'device_id',
  'device_name',
  'device_class',
  'browser',
  'os',
  'ip',
  'asked_from',
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
  since: number;
  last_seen_at: number;
  proven_at: number | null;
  confirmed_at: number | null;
  blocked_at: number | null;
}

export interface TicketRow {
  hash: string;
  expires_at: number;
  credential_version: number | null;
  proved_by: ProvedBy | null;
  vouched: string | null;
  holder: string | null;
  request: string | null;
}
