/** The longer statements of the account's tables. Parameters are named as the columns are. */

export const INSERT_USER = `
  INSERT INTO users (id, mobile, mobile_key, mobile_verified_at, username, username_key, email, email_key,
  email_verified_at, display_name, avatar_url, locale, role, password_hash, credential_version, created_at, locked_at,
  deleted_at, first_login_at, codes, mobile_added_at, email_added_at, mobile_since, email_since, distrusted_since,
  identifiers_set_by, former_identifiers, former_password, refused_passwords, postponed, recovery_link, deletes_at, reported) VALUES (:id, :mobile, :mobile_key, :mobile_verified_at, :username,
  :username_key, :email, :email_key, :email_verified_at, :display_name, :avatar_url, :locale, :role, :password_hash,
  :credential_version, :created_at, :locked_at, :deleted_at, :first_login_at, :codes, :mobile_added_at, :email_added_at, :mobile_since,
  :email_since, :distrusted_since, :identifiers_set_by, :former_identifiers, :former_password, :refused_passwords, :postponed, :recovery_link, :deletes_at, :reported)`;

export const UPDATE_USER = `
  UPDATE users SET mobile = :mobile, mobile_key = :mobile_key, mobile_verified_at = :mobile_verified_at,
  username = :username, username_key = :username_key, email = :email, email_key = :email_key,
  email_verified_at = :email_verified_at, display_name = :display_name, avatar_url = :avatar_url, locale = :locale, role =
  :role, password_hash = :password_hash, credential_version = :credential_version, locked_at = :locked_at,
  deleted_at = :deleted_at, first_login_at = :first_login_at, created_at = :created_at, codes = :codes,
  mobile_added_at = :mobile_added_at, email_added_at = :email_added_at, mobile_since = :mobile_since, email_since = :email_since,
  distrusted_since = :distrusted_since, identifiers_set_by = :identifiers_set_by,
  former_identifiers = :former_identifiers, former_password = :former_password,
  refused_passwords = :refused_passwords,
  postponed = :postponed, recovery_link = :recovery_link, deletes_at = :deletes_at, reported = :reported WHERE id = :id`;

/** Starts a session, or renews one: what can change in a live session is its use, its token, its proof and its device's name. */
export const PUT_SESSION = `
  INSERT INTO sessions (id, user_id, token_hash, rotation, device_id, device_name, device_class, browser, os, ip, asked_from,
  user_agent, created_at, last_seen_at, idle_timeout, expires_at, due_at, credential_version, proved_at, proved_by) VALUES (:id, :user_id, :token_hash, :rotation,
  :device_id, :device_name, :device_class, :browser, :os, :ip, :asked_from, :user_agent, :created_at, :last_seen_at,
  :idle_timeout, :expires_at, :due_at, :credential_version, :proved_at, :proved_by)
  ON CONFLICT (id) DO UPDATE SET token_hash = :token_hash, rotation = :rotation, device_name = :device_name, last_seen_at =
  :last_seen_at, due_at = :due_at, credential_version = :credential_version, proved_at = :proved_at, proved_by = :proved_by`;

export const END_SESSION = `
  UPDATE sessions SET ended_at = :ended_at, end_reason = :end_reason, ended_by = :ended_by WHERE id = :id`;

export const PUT_DEVICE = `
  INSERT INTO devices (id, user_id, name, class, browser, os, key_hash, signature, network, first_seen_at,
  since, last_seen_at, proven_at, confirmed_at, blocked_at) VALUES (:id, :user_id, :name, :class, :browser, :os, :key_hash, :signature,
  :network, :first_seen_at, :since, :last_seen_at, :proven_at, :confirmed_at, :blocked_at)
  ON CONFLICT (id) DO UPDATE SET name = :name, class = :class, browser = :browser, os = :os, signature =
  :signature, network = :network, since = :since, last_seen_at = :last_seen_at, proven_at = :proven_at,
  confirmed_at = :confirmed_at, blocked_at = :blocked_at`;

export const INSERT_TICKET = `
  INSERT INTO tickets (hash, user_id, expires_at, credential_version, proved_by, vouched, holder, request) VALUES (:hash, :user_id,
  :expires_at, :credential_version, :proved_by, :vouched, :holder, :request)`;

/** An event whose id is waiting already is the same event. */
export const INSERT_EVENT = `
  INSERT INTO outbox (id, user_id, at, event) VALUES (:id, :user_id, :at, :event)
  ON CONFLICT (id) DO NOTHING`;
