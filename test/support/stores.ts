import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import { TIER } from './tier.js';

/** A fresh, empty store: the settings that lead to it, and its end. */
export interface TestStore {
  readonly settings: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export type Engine = 'sqlite' | 'mongo';

/** What this tier tests on. `test/support/global-setup.js` says why MongoDB is missing where it is. */
export const ENGINES: readonly Engine[] =
  TIER !== 'quick' && process.env.TEST_MONGODB_URI ? ['sqlite', 'mongo'] : ['sqlite'];

export function newStore(engine: Engine): TestStore {
  return engine === 'sqlite' ? newSqliteFile() : newMongoDatabase(process.env.TEST_MONGODB_URI ?? '');
}

const MEMORY = '/dev/shm';

/** In memory where there is room: tests kill processes, never the machine, and waiting for a disk is a third of their time. */
function newFolder(): string {
  const hasRoom = () => {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > 1024 ** 3;
  };
  return mkdtempSync(join(existsSync(MEMORY) && hasRoom() ? MEMORY : tmpdir(), 'oneseat-'));
}

function newSqliteFile(): TestStore {
  const folder = newFolder();
  return {
    settings: { DATABASE_FILE: join(folder, 'oneseat.db'), MEDIA_DIR: join(folder, 'media') },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** How the names of databases begin that `global-teardown.js` drops. */
const TEST_DATABASES = 'oneseat-test-';

/** Databases that tests have left without documents: collections and indexes take longer to make than most tests to run. */
const emptied: string[] = [];

function newMongoDatabase(server: string): TestStore {
  const database = emptied.pop() ?? nameOfDatabase();
  return storeOn(server, database, async (connection) => {
    const collections = await connection.listCollections();
    await Promise.all(collections.map(({ name }) => connection.db!.collection(name).deleteMany({})));
    emptied.push(database);
  });
}

/** One that does not exist yet, with neither collections nor indexes. */
export function newUntouchedMongoDatabase(): TestStore {
  return storeOn(process.env.TEST_MONGODB_URI ?? '', nameOfDatabase(), (connection) => connection.dropDatabase());
}

const nameOfDatabase = () => `${TEST_DATABASES}${randomUUID()}`;

function storeOn(server: string, database: string, end: (connection: Connection) => Promise<void>): TestStore {
  const uri = new URL(server);
  uri.pathname = `/${database}`;
  const folder = newFolder();
  return {
    settings: { MONGODB_URI: uri.href, MEDIA_DIR: join(folder, 'media') },
    dispose: async () => {
      rmSync(folder, { recursive: true, force: true });
      const connection = await mongoose.createConnection(uri.href).asPromise();
      await end(connection);
      await connection.close();
    },
  };
}
