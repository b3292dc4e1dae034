import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import mongoose from 'mongoose';
import { openReadOnly } from '../../src/storage/sqlite/sqlite-database.js';
import { newStore, newUntouchedMongoDatabase, type Engine, type TestStore } from './stores.js';

const FIXTURES = new URL('../fixtures/', import.meta.url);

/** The versions that have left a store: the folders of `test/fixtures`. */
export const EARLIER_VERSIONS = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A call and what must be in its answer. `as`: the name of a token. */
export interface ExpectedCall {
  readonly path: string;
  readonly as?: string;
  readonly service?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body: any };
}

/** What `test/fixtures/story.mjs` says that the present code must answer. */
export interface Expected {
  readonly writtenAt: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly reads: readonly ExpectedCall[];
  readonly calls: readonly ExpectedCall[];
  readonly webhooks: Readonly<Record<'off' | 'told', { id: string; secret: string }>>;
  /** A session whose end waits in the outbox, its token, and that of another session of the person. */
  readonly waiting: {
    readonly userId: string;
    readonly sessionId: string;
    readonly token: string;
    readonly holder: string;
  };
}

const fileOf = (version: string, name: string) => fileURLToPath(new URL(`${version}/${name}`, FIXTURES));

export function expectedOf(version: string, engine: Engine): Expected {
  return JSON.parse(readFileSync(fileOf(version, `${engine}.expected.json`), 'utf8')) as Expected;
}

/** A store of its own with what that version has left. */
export async function restore(version: string, engine: Engine): Promise<TestStore> {
  const store = engine === 'mongo' ? newUntouchedMongoDatabase() : newStore(engine);
  const { DATABASE_FILE, MONGODB_URI, MEDIA_DIR } = store.settings;
  if (existsSync(fileOf(version, 'media'))) cpSync(fileOf(version, 'media'), MEDIA_DIR!, { recursive: true });
  if (DATABASE_FILE) {
    mkdirSync(dirname(DATABASE_FILE), { recursive: true });
    writeFileSync(DATABASE_FILE, gunzipSync(readFileSync(fileOf(version, 'oneseat.db.gz'))));
    return store;
  }
  const dump = readFileSync(fileOf(version, 'mongodb.json'), 'utf8');
  const collections = mongoose.mongo.BSON.EJSON.parse(dump, { relaxed: false }) as Record<string, object[]>;
  const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
  for (const [name, documents] of Object.entries(collections)) {
    await connection.collection(name).insertMany(documents);
  }
  await connection.close();
  return store;
}

/** All that the store holds: the rows of each table, or the documents of each collection. */
export async function recordsOf({ settings }: TestStore): Promise<Record<string, any[]>> {
  const { DATABASE_FILE, MONGODB_URI } = settings;
  if (DATABASE_FILE) {
    const db = openReadOnly(DATABASE_FILE);
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
    const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()] as const);
    db.close();
    return Object.fromEntries(rows);
  }
  const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
  const collections = await connection.db!.collections();
  const documents = await Promise.all(
    collections.map(async (collection) => [
      collection.collectionName,
      await collection.find().sort({ _id: 1 }).toArray(),
    ]),
  );
  await connection.close();
  return Object.fromEntries(documents);
}

/** Writes an e-mail as version 0.1 did, which kept it as it was given. */
export async function putEmail(
  { settings }: TestStore,
  userId: string,
  email: string,
  verifiedAt: Date | null,
): Promise<void> {
  const key = `email:${email.toLowerCase()}`;
  const { DATABASE_FILE, MONGODB_URI } = settings;
  if (DATABASE_FILE) {
    const db = new DatabaseSync(DATABASE_FILE);
    db.prepare('UPDATE users SET email = ?, email_key = ?, email_verified_at = ? WHERE id = ?').run(
      ...[email, key, verifiedAt?.getTime() ?? null, userId],
    );
    db.close();
    return;
  }
  const connection = await mongoose.createConnection(MONGODB_URI!).asPromise();
  await connection
    .collection<{ _id: string }>('users')
    .updateOne({ _id: userId }, { $set: { email, emailVerifiedAt: verifiedAt } });
  await connection.collection<{ _id: string }>('identifiers').insertOne({ _id: key, userId, nonce: key } as never);
  await connection.close();
}
