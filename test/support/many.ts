import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { conversationOf } from '../../src/messages/index.js';
import { openReadOnly, SqliteDatabase, type SqlParams } from '../../src/storage/sqlite/sqlite-database.js';
import type { TestStore } from './stores.js';

/** Of what somebody has very much. `deliveries` have arrived; `waiting` are for a webhook that is down. */
export type Kind = keyof typeof ROWS;

/** So much of it, of somebody with somebody else, straight into the store: by the service it would take minutes. */
export async function addMany(store: TestStore, kind: Kind, userId: string, other: string, many: number) {
  const { DATABASE_FILE, MONGODB_URI } = store.settings;
  if (DATABASE_FILE) {
    const db = new SqliteDatabase(DATABASE_FILE);
    const named: SqlParams = kind === 'messages' ? { other, conversation: conversationOf(userId, other) } : {};
    await db.transaction(() => db.run(ROWS[kind], { user_id: userId, many, ...named }));
    db.close();
    return;
  }
  const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
  const { collection, document } = DOCUMENTS[kind];
  const documents = connection.collection<{ _id: string }>(collection);
  for (let from = 0; from < many; from += 1000) {
    const part = Array.from({ length: Math.min(1000, many - from) }, (_, i) => document(from + i + 1, userId, other));
    await documents.insertMany(part);
  }
  await connection.close();
}

/** How much of it is left. */
export async function countLeft(store: TestStore, kind: Kind): Promise<number> {
  const { DATABASE_FILE, MONGODB_URI } = store.settings;
  if (DATABASE_FILE) {
    const db = openReadOnly(DATABASE_FILE);
    const { left } = db.prepare(LEFT[kind]).get() as { left: number };
    db.close();
    return left;
  }
  const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
  const { collection, left } = DOCUMENTS[kind];
  const count = await connection.collection(collection).countDocuments(left);
  await connection.close();
  return count;
}

const N = 'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :many)';
const AN_ID = "printf('%08x-0000-7000-8000-%012x', n, abs(random()) % 281474976710656)";

const delivery = (
  state: 'pending' | 'delivered',
) => `${N} INSERT INTO deliveries (id, target, lane, event_type, payload, at,
    state, since, attempts, next_attempt_at, user_id)
  SELECT ${AN_ID}, 'down', 'lane', 'session.ended', '{}', n, '${state}', 4102444800000, 0, 4102444800000, :user_id FROM n`;

const ROWS = {
  messages: `${N} INSERT INTO messages (id, conversation, seq, sender, recipient, text, created_at)
    SELECT ${AN_ID}, :conversation, n, iif(n % 2, :user_id, :other), iif(n % 2, :other, :user_id), 'See you at six.', n
    FROM n`,
  sessions: `${N} INSERT INTO sessions (id, user_id, token_hash, device_id, device_name, device_class, ip, user_agent,
      created_at, last_seen_at, idle_timeout, expires_at, due_at, ended_at, end_reason, credential_version)
    SELECT ${AN_ID}, :user_id, 'hash', 'device', 'Firefox on Linux', 'desktop', '203.0.113.7', 'Firefox/128.0',
      n, n, 1000, n, n, 4102444800000, 'displaced', 1 FROM n`,
  deliveries: delivery('delivered'),
  waiting: delivery('pending'),
};

const LEFT: Record<Kind, string> = {
  messages: 'SELECT count(*) AS left FROM messages',
  sessions: "SELECT count(*) AS left FROM sessions WHERE ended_at IS NOT NULL AND ip <> ''",
  deliveries: "SELECT count(*) AS left FROM deliveries WHERE state <> 'pending'",
  waiting: "SELECT count(*) AS left FROM deliveries WHERE state = 'pending'",
};

const FAR = new Date('2100-01-01');
const idOf = (n: number) => `${n.toString(16).padStart(8, '0')}${randomUUID().slice(8)}`;
const device = { id: 'device', name: 'Firefox on Linux', class: 'desktop', browser: null, os: null };

const deliveryDocument = (state: 'pending' | 'delivered') => (n: number, userId: string) => ({
  _id: idOf(n),
  seq: n,
  target: 'down',
  userId,
  lane: 'lane',
  eventType: 'session.ended',
  payload: '{}',
  at: new Date(n),
  state,
  since: FAR,
  attempts: 0,
  nextAttemptAt: FAR,
  lastError: null,
});

const DOCUMENTS = {
  messages: {
    collection: 'messages',
    left: {},
    document: (n: number, userId: string, other: string) => ({
      _id: idOf(n),
      conversation: conversationOf(userId, other),
      seq: n,
      from: n % 2 ? userId : other,
      to: n % 2 ? other : userId,
      text: 'See you at six.',
      imageId: null,
      createdAt: new Date(n),
      readAt: null,
    }),
  },
  sessions: {
    collection: 'ended_sessions',
    left: { ip: { $gt: '' } },
    document: (n: number, userId: string) => ({
      _id: idOf(n),
      userId,
      tokenHash: 'hash',
      credentialVersion: 1,
      device,
      ip: '203.0.113.7',
      userAgent: 'Firefox/128.0',
      createdAt: new Date(n),
      lastSeenAt: new Date(n),
      idleTimeout: 1000,
      expiresAt: FAR,
      endedAt: FAR,
      endReason: 'displaced',
      endedBy: null,
    }),
  },
  deliveries: {
    collection: 'deliveries',
    left: { state: { $ne: 'pending' } },
    document: deliveryDocument('delivered'),
  },
  waiting: { collection: 'deliveries', left: { state: 'pending' }, document: deliveryDocument('pending') },
};
