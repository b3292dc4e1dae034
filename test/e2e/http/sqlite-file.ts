import { DatabaseSync } from '@photostructure/sqlite';
import { statSync } from 'node:fs';
import { MIGRATIONS } from '../../../src/storage/sqlite/migrations.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { startApp } from '../../support/app.js';
import { newStore } from '../../support/stores.js';

describe('the SQLite file', () => {
  it('makes the service unready where its tables are out of reach', async () => {
    const test = await startApp('sqlite');
    const db = test.app.get(SqliteDatabase, { strict: false });
    const ready = async () => (await test.api.get('/health/ready')).status;
    expect(await ready()).toBe(200);
    await db.transaction(() => db.run('ALTER TABLE users RENAME TO lost'));
    expect(await ready()).toBe(503);
    expect((await test.api.get('/health/live')).status).toBe(200);
    await test.close();
  });

  it('holds everything once the service has stopped: nothing is left in the log beside it', async () => {
    const store = newStore('sqlite');
    const before = await startApp('sqlite', {}, store);
    const { id } = await before.api.createUser();
    const { token, session } = (await before.api.serviceLogin(id)).body;
    before.clock.advance(90_000);
    await before.api.current(token);
    const logged = () => statSync(`${store.settings.DATABASE_FILE}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    expect(logged()).toBeGreaterThan(0);
    await before.close();
    expect(logged()).toBe(0);

    // The use that was still to be written is in it.
    const after = await startApp('sqlite', {}, store);
    const { body } = await after.api.get(`/v1/service/users/${id}/sessions`, { service: true });
    expect(Date.parse(body.items[0].lastSeenAt)).toBeGreaterThan(Date.parse(session.createdAt) + 80_000);
    await after.close();
    await store.dispose();
  });

  it('of an earlier version learns whom each delivery is about', async () => {
    const store = newStore('sqlite');
    const file = store.settings.DATABASE_FILE!;
    const earlier = new DatabaseSync(file);
    const version = MIGRATIONS.findIndex((migration) =>
      migration.includes('ALTER TABLE deliveries ADD COLUMN user_id'),
    );
    for (const migration of MIGRATIONS.slice(0, version)) earlier.exec(migration);
    earlier.exec(`PRAGMA user_version = ${version}`);
    const insert = earlier.prepare(
      "INSERT INTO deliveries VALUES (NULL, ?, 'mail', 'lane', 'user.created', ?, 1, 'dead', 1, 1, 1, 'gone')",
    );
    const payloads = ['{"userId":"a"}', '{"notice":{"userId":"b"}}', '{"data":{"userId":"c"}}', '{}', 'no JSON'];
    for (const [index, payload] of payloads.entries()) insert.run(`delivery-${index}`, payload);
    earlier.close();
    const migrated = new SqliteDatabase(file);
    const rows = migrated.all<{ user_id: string }>('SELECT user_id FROM deliveries ORDER BY seq');
    expect(rows.map((row) => row.user_id)).toEqual(['a', 'b', 'c', '', '']);
    migrated.close();
    await store.dispose();
  });
});
