/** The migrations that version 0.1.0 has applied: none of them may change any more. */
export const MIGRATIONS_OF_0_1: readonly string[] = [
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
  `
  ALTER TABLE users ADD COLUMN codes TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE users ADD COLUMN distrusted_since INTEGER;
  ALTER TABLE users ADD COLUMN reported TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE sessions ADD COLUMN credential_version INTEGER;
  ALTER TABLE devices ADD COLUMN blocked_at INTEGER;
  ALTER TABLE tickets ADD COLUMN request TEXT;

  CREATE TABLE keys (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL, secret TEXT NOT NULL, events TEXT NOT NULL,
    enabled INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- seq keeps the order within a lane.
  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL, lane TEXT NOT NULL,
    event_type TEXT NOT NULL, payload TEXT NOT NULL,
    at INTEGER NOT NULL, state TEXT NOT NULL, since INTEGER NOT NULL,
    attempts INTEGER NOT NULL, next_attempt_at INTEGER NOT NULL, last_error TEXT
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (target, next_attempt_at, seq) WHERE state = 'pending';
  CREATE INDEX deliveries_in_lane ON deliveries (target, lane, seq) WHERE state = 'pending';
  CREATE INDEX deliveries_of_target ON deliveries (target, state, at, id);
  CREATE INDEX deliveries_old ON deliveries (state, since);
  `,
  `
  CREATE TABLE policies (
    scope TEXT PRIMARY KEY,
    max_live INTEGER, per TEXT NOT NULL, on_limit TEXT NOT NULL,
    idle_timeout INTEGER NOT NULL, max_age INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- For the operators' lists, newest first: one index per state and filter, for a page must not walk over those of the
  -- other state. Each ends in the primary key.
  CREATE INDEX sessions_live_newest ON sessions (id) WHERE ended_at IS NULL;
  CREATE INDEX sessions_live_of_ip ON sessions (ip) WHERE ended_at IS NULL;
  CREATE INDEX sessions_live_of_class ON sessions (device_class) WHERE ended_at IS NULL;
  CREATE INDEX sessions_ended_newest ON sessions (id) WHERE ended_at IS NOT NULL;
  CREATE INDEX sessions_ended_of_ip ON sessions (ip) WHERE ended_at IS NOT NULL;
  CREATE INDEX sessions_ended_of_class ON sessions (device_class) WHERE ended_at IS NOT NULL;

  -- Counting a million live sessions takes as long as reading them.
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO counters SELECT 'live_sessions', count(*) FROM sessions WHERE ended_at IS NULL;
  CREATE TRIGGER session_started AFTER INSERT ON sessions WHEN NEW.ended_at IS NULL
  BEGIN UPDATE counters SET value = value + 1 WHERE name = 'live_sessions'; END;
  CREATE TRIGGER session_ended AFTER UPDATE OF ended_at ON sessions WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
  BEGIN UPDATE counters SET value = value - 1 WHERE name = 'live_sessions'; END;

  CREATE TABLE audit (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, type TEXT NOT NULL,
    actor_key TEXT NOT NULL, actor TEXT NOT NULL, user_id TEXT, details TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX audit_by_time ON audit (at, id);
  CREATE INDEX audit_by_user_id ON audit (user_id, at, id);
  CREATE INDEX audit_by_actor_key ON audit (actor_key, at, id);
  CREATE INDEX audit_by_type ON audit (type, at, id);
  `,
  `ALTER TABLE users ADD COLUMN locale TEXT`,
  `
  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL, seq INTEGER NOT NULL,
    sender TEXT NOT NULL REFERENCES users (id), recipient TEXT NOT NULL REFERENCES users (id),
    text TEXT, image_id TEXT,
    created_at INTEGER NOT NULL, read_at INTEGER,
    idempotency_key TEXT,
    UNIQUE (conversation, seq)
  ) STRICT;
  CREATE UNIQUE INDEX messages_by_key ON messages (sender, idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE INDEX messages_unread ON messages (recipient, sender, seq) WHERE read_at IS NULL;
  CREATE INDEX messages_of_sender ON messages (sender, id);
  CREATE INDEX messages_of_recipient ON messages (recipient, id);
  `,
  `
  CREATE TABLE activities (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id), session_id TEXT NOT NULL,
    type TEXT NOT NULL, data TEXT, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX activities_of_session ON activities (session_id, at, id);
  CREATE INDEX activities_of_user ON activities (user_id, at, id);
  CREATE INDEX activities_by_time ON activities (at);

  CREATE TABLE erasures (
    user_id TEXT PRIMARY KEY, deleted_at INTEGER NOT NULL, due_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erasures_due ON erasures (due_at);

  -- Whom a delivery is about. What is on its way says so in its payload: a notice, that of a replaced contact, or a webhook's.
  ALTER TABLE deliveries ADD COLUMN user_id TEXT NOT NULL DEFAULT '';
  UPDATE deliveries SET user_id = coalesce(
    json_extract(payload, '$.userId'), json_extract(payload, '$.notice.userId'), json_extract(payload, '$.data.userId'), '')
    WHERE json_valid(payload);
  CREATE INDEX deliveries_of_user ON deliveries (user_id);
  `,
  `
  CREATE TABLE images (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL, use TEXT NOT NULL,
    message_id TEXT, viewers TEXT NOT NULL,
    confirmed INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX images_of_owner ON images (owner_id, id);
  CREATE INDEX images_unconfirmed ON images (created_at) WHERE confirmed = 0;
  CREATE INDEX images_avatars ON images (id) WHERE use = 'avatar';
  `,
  `
  -- What an erasure has left to do, so that it does not walk over what it has done.
  CREATE INDEX sessions_with_traces ON sessions (user_id) WHERE ended_at IS NOT NULL AND ip <> '';
  `,
  `
  -- As above, of deliveries: those that an erasure leaves for webhooks may be many.
  DROP INDEX deliveries_of_user;
  CREATE INDEX deliveries_of_user ON deliveries (user_id, state, target);
  `,
  `
  -- id is the pair of messages.conversation, and place the id of the newest message.
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    one TEXT NOT NULL REFERENCES users (id), other TEXT NOT NULL REFERENCES users (id),
    place TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX conversations_of_one ON conversations (one, place);
  CREATE INDEX conversations_of_other ON conversations (other, place);
  INSERT INTO conversations
    SELECT conversation, min(sender, recipient), max(sender, recipient), max(id) FROM messages GROUP BY conversation;
  `,
  `
  -- When somebody was seen last. Of ended sessions alone: no use of a live one has to keep it up.
  CREATE INDEX sessions_ended_seen ON sessions (user_id, last_seen_at) WHERE ended_at IS NOT NULL;
  `,
];
