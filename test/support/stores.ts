import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
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

function newMongoDatabase(server: string): TestStore {
  const uri = new URL(server);
  uri.pathname = `/oneseat-${randomUUID()}`;
  const folder = newFolder();
  return {
    settings: { MONGODB_URI: uri.href, MEDIA_DIR: join(folder, 'media') },
    dispose: async () => {
      rmSync(folder, { recursive: true, force: true });
      const connection = await mongoose.createConnection(uri.href).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
