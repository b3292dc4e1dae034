import { DatabaseSync } from '@photostructure/sqlite';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailableError } from '../../../src/common/index.js';
import { UnfitStoreError } from '../../../src/storage/index.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { disconnect, readOnly } from '../../support/faults.js';
import { anAccount, counting, NOW, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe('a store out of reach', () => {
  let store: TestStore;
  let storage: TestStorage;
  const open = async (engine: (typeof ENGINES)[number]) => {
    store = newStore(engine);
    storage = await openStorage(store);
  };
  afterEach(async () => {
    await storage.close();
    await store.dispose();
  });

  const writes = {
    create: () => storage.accountStore.create(anAccount(), []),
    change: (id: string) => storage.accountStore.change(id, counting),
    touch: (userId: string) => storage.sessions.touch([{ userId, sessionId: userId, at: NOW }]),
    dropEnded: () => storage.history.dropEnded(NOW, 1),
    'add of a failure': () => storage.throttles.add('key', NOW, NOW),
  } satisfies Record<string, (userId: string) => Promise<unknown>>;

  describe('sqlite', () => {
    beforeEach(() => open('sqlite'));

    /** Another process in the middle of a write. */
    const otherProcess = () => {
      const other = new DatabaseSync(store.settings.DATABASE_FILE);
      other.exec('BEGIN IMMEDIATE');
      return other;
    };

    it('a change waits for another process’s write, and comes after it', async () => {
      const { id } = await storedAccount(storage);
      const other = otherProcess();
      other.prepare('UPDATE users SET credential_version = 41 WHERE id = ?').run(id);
      const change = storage.accountStore.change(id, counting);
      other.exec('COMMIT');
      other.close();
      await change;
      expect((await storage.accountStore.find(id))?.credentialVersion).toBe(42);
    });

    it('every write is StoreUnavailableError where another process does not let go, and changes nothing', async () => {
      const account = await storedAccount(storage);
      const other = otherProcess();
      const settled = await Promise.allSettled(Object.values(writes).map((write) => write(account.id)));
      for (const one of settled) {
        expect(one).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } });
      }
      other.exec('ROLLBACK');
      other.close();
      expect(await storage.accountStore.find(account.id)).toEqual(account);
      await storage.accountStore.change(account.id, counting);
    });

    it('a statement that is wrong is our fault, not the store’s', async () => {
      const db = storage.context.get(SqliteDatabase);
      for (const fault of [
        () => db.get('SELECT * FROM nowhere'),
        () => db.transaction(() => db.run('DELETE FROM nowhere')),
        () => db.transaction(() => db.run('INSERT INTO users (id) VALUES (NULL)')),
      ]) {
        const error: unknown = await (async () => fault())().catch((thrown: unknown) => thrown);
        expect(error).toHaveProperty('message');
        expect(error).not.toBeInstanceOf(StoreUnavailableError);
      }
    });

    it('every write is StoreUnavailableError on a disk that cannot be written, and changes nothing', async () => {
      const account = await storedAccount(storage);
      const mend = readOnly(storage.context.get(SqliteDatabase));
      const settled = await Promise.allSettled(Object.values(writes).map((write) => write(account.id)));
      mend();
      expect(await storage.accountStore.find(account.id)).toEqual(account);
      await storage.accountStore.change(account.id, counting);
      for (const one of settled) {
        expect(one).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } });
      }
    });
  });

  (ENGINES.includes('mongo') ? describe : describe.skip)('mongo', () => {
    beforeEach(() => open('mongo'));

    it.each([...(Object.keys(writes) as (keyof typeof writes)[]), 'find' as const, 'list' as const])(
      '%s is StoreUnavailableError without a connection',
      async (name) => {
        const { id } = await storedAccount(storage);
        await disconnect(storage);
        const reads = { find: () => storage.sessions.find(id, id), list: () => storage.outbox.list(id) };
        await expect({ ...writes, ...reads }[name](id)).rejects.toThrow(StoreUnavailableError);
      },
    );
  });
});

describe('sqlite: a file that cannot be served', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'oneseat-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const faults: Record<string, () => string> = {
    'is no database': () => {
      const file = join(folder, 'noise.db');
      writeFileSync(file, 'What is here was never a database. '.repeat(100));
      return file;
    },
    'was cut off': () => {
      const file = join(folder, 'cut.db');
      new SqliteDatabase(file).close();
      truncateSync(file, 20_000);
      return file;
    },
    'is a folder': () => folder,
    'is within a file': () => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file', 'oneseat.db');
    },
  };

  it.each(Object.entries(faults))('one that %s is refused in one line', (_, make) => {
    const file = make();
    const open = () => new SqliteDatabase(file);
    expect(open).toThrow(UnfitStoreError);
    expect(open).toThrow(/^DATABASE_FILE cannot be opened: .+\.$/);
  });
});
