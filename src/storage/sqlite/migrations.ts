import { MIGRATIONS_OF_0_1 } from './migrations-0.1.js';

/** Numbered from 1 by their place; `PRAGMA user_version` holds the last one applied. Never edit one that was released: add. */
export const MIGRATIONS: readonly string[] = [
  ...MIGRATIONS_OF_0_1,
  `
  -- Standing: who may act against whom.
  ALTER TABLE users ADD COLUMN mobile_added_at INTEGER;
  ALTER TABLE users ADD COLUMN email_added_at INTEGER;
  ALTER TABLE users ADD COLUMN mobile_since INTEGER;
  ALTER TABLE users ADD COLUMN email_since INTEGER;
  ALTER TABLE users ADD COLUMN former_contacts TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE users ADD COLUMN former_password TEXT;
  ALTER TABLE users ADD COLUMN refused_passwords TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE users ADD COLUMN postponed TEXT NOT NULL DEFAULT '[]';
  -- When the account is to be deleted; NULL where nobody waits for it.
  ALTER TABLE users ADD COLUMN deletes_at INTEGER;
  CREATE INDEX users_to_delete ON users (deletes_at) WHERE deletes_at IS NOT NULL;
  UPDATE users SET mobile_added_at = created_at WHERE mobile IS NOT NULL;
  UPDATE users SET email_added_at = created_at WHERE email IS NOT NULL;
  UPDATE users SET mobile_since = mobile_verified_at, email_since = email_verified_at;
  ALTER TABLE devices ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE devices ADD COLUMN confirmed_at INTEGER;
  UPDATE devices SET since = first_seen_at;
  ALTER TABLE sessions ADD COLUMN proved_at INTEGER;
  ALTER TABLE sessions ADD COLUMN proved_by TEXT;
  ALTER TABLE tickets ADD COLUMN proved_by TEXT;
  `,
  `
  -- Identifiers that an account had, and that nobody else gets for a while.
  ALTER TABLE users ADD COLUMN identifiers_set_by TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE users RENAME COLUMN former_contacts TO former_identifiers;
  UPDATE users SET former_identifiers = (
    SELECT json_group_array(json_object(
      'kind', value ->> 'channel', 'value', value ->> 'contact',
      'addedAt', value ->> 'since', 'verifiedAt', value ->> 'since', 'since', value ->> 'since',
      'replaced', json_object(
        'deviceId', '', 'confirmedSince', NULL,
        'at', strftime('%Y-%m-%dT%H:%M:%fZ', value ->> 'until', '-14 days'))))
    FROM json_each(former_identifiers)
  ) WHERE former_identifiers <> '[]';
  CREATE TABLE former_keys (
    key TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    held_until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX former_keys_of_user ON former_keys (user_id);
  `,
  `
  ALTER TABLE users ADD COLUMN recovery_link TEXT;
  `,
  `
  -- A ticket is good for the client that got it; whoever approves picks a number.
  ALTER TABLE tickets ADD COLUMN holder TEXT;
  ALTER TABLE sessions ADD COLUMN asked_from TEXT;
  ALTER TABLE notifications ADD COLUMN numbers TEXT;
  `,
  `
  -- The tokens before and beside token_hash, as JSON; NULL for a session whose token was never rotated.
  ALTER TABLE sessions ADD COLUMN rotation TEXT;
  `,
  `
  -- Whether somebody has written to somebody: those who have written to each other see who is there.
  CREATE INDEX messages_between ON messages (sender, recipient);
  `,
  `
  -- Codes to a mobile or an e-mail that is on no account yet, or on somebody else's.
  CREATE TABLE claim_codes (
    request_hash TEXT PRIMARY KEY,
    contact_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    tries_left INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX claim_codes_expired ON claim_codes (expires_at);
  `,
  `
  -- Whose e-mail may not be in its normal form: it is brought there as soon as the file is open.
  CREATE TABLE emails_to_normalize (user_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO emails_to_normalize SELECT id FROM users WHERE email GLOB '*[^!-~]*' OR email LIKE '%xn--%';
  `,
  `
  -- A rotated secret signs for a day more; a receiver that is gone ends its webhook.
  ALTER TABLE webhooks ADD COLUMN former_secrets TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE webhooks ADD COLUMN gone_at INTEGER;
  `,
];
