/** Numbered from 1 by their place; `PRAGMA user_version` holds the last one applied. Never edit one that was released: add. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    mobile TEXT, mobile_key TEXT UNIQUE, mobile_verified_at INTEGER,
    username TEXT, username_key TEXT UNIQUE,
    email TEXT, email_key TEXT UNIQUE, email_verified_at INTEGER,
    display_name TEXT, avatar_url TEXT,
    role TEXT NOT NULL,
    password_hash TEXT, credential_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL, locked_at INTEGER, deleted_at INTEGER, first_login_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- Live and ended: a session that ends gets its tombstone's columns. due_at is the first moment at which
  -- it can be overdue, its last renewal interval included.
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    token_hash TEXT NOT NULL,
    device_id TEXT NOT NULL, device_name TEXT NOT NULL, device_class TEXT NOT NULL, browser TEXT, os TEXT,
    ip TEXT NOT NULL, user_agent TEXT NOT NULL,
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL,
    idle_timeout INTEGER NOT NULL, expires_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
    ended_at INTEGER, end_reason TEXT, ended_by TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of_user ON sessions (user_id, id);
  CREATE INDEX sessions_live ON sessions (user_id) WHERE ended_at IS NULL;
  CREATE INDEX sessions_due ON sessions (due_at) WHERE ended_at IS NULL;
  CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL, class TEXT NOT NULL, browser TEXT, os TEXT,
    key_hash TEXT NOT NULL, signature TEXT NOT NULL, network TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, proven_at INTEGER,
    UNIQUE (user_id, key_hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tickets (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    expires_at INTEGER NOT NULL, credential_version INTEGER, vouched TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tickets_of_user ON tickets (user_id);

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outbox_of_user ON outbox (user_id, seq);

  CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL, read_at INTEGER,
    session_id TEXT, device TEXT, ip TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notifications_of_user ON notifications (user_id, created_at, id);

  CREATE TABLE throttles (
    key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL, last_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX throttles_expired ON throttles (expires_at);
  `,
];
