import { Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ActivityStore } from '../../../src/activity/index.js';
import { PersonalData } from '../../../src/personal-data/index.js';
import { SqliteDatabase } from '../../../src/storage/sqlite/sqlite-database.js';
import { PHONE, type Answer } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { beforePage, failFromPage } from '../../support/faults.js';
import { settleDevices } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

const HOUR = 3_600_000;

describe.each(ENGINES)('%s: export of one’s own data', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await startApp(engine, { SESSION_LIMIT: '2', SESSION_IDLE_TIMEOUT: '31536000' });
  });
  afterAll(async () => {
    await test.close();
    Logger.overrideLogger(['error', 'warn']);
  });

  const download = (token: string) => test.api.get('/v1/users/me/export', { token });
  async function somebody() {
    const { id, mobile } = await test.api.createUser({ displayName: 'Ede Export' });
    const { token, session } = (await test.api.provedLogin(id)).body;
    return { id, mobile, token: token as string, sessionId: session.id as string };
  }

  it('is not made for who only looks at the address, nor by a link of another site', async () => {
    const { token } = await somebody();
    const path = '/v1/users/me/export';
    const looked = await test.api.call('HEAD', path, { token });
    expect([looked.status, looked.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
    const visits: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch' },
      { origin: 'https://elsewhere.example.com' },
    ];
    for (const visit of visits) {
      const { status, body } = await test.api.get(path, { headers: { ...visit, cookie: `session=${token}` } });
      expect([status, body.code]).toEqual([403, 'cross_origin']);
    }
    // Five an hour: none of those was one.
    const typed = { cookie: `session=${token}`, 'sec-fetch-site': 'none' };
    for (let i = 0; i < 5; i++) expect((await test.api.get(path, { headers: typed })).status).toBe(200);
  });

  it('has everything that the person sees, and nothing that proves who they are', async () => {
    const { api } = test;
    const { id, mobile } = await api.createUser({ displayName: 'Ede Export' });
    await api.serviceLogin(id);
    await api.serviceLogin(id, { userAgent: PHONE });
    const login = await api.login(mobile, 'Third/1.0');
    const { token, session } = login.body;
    await settleDevices(test, id);
    await api.post('/v1/sessions/current/activities', { token, body: { type: 'x', data: { a: [1, 'ñ " 字'] } } });
    await api.inbox(token, (kinds) => kinds.length === 3);
    await eventually(
      async () => (await test.app.get(ActivityStore).listOfUser(id, { before: null, limit: 9 })).length,
      (count) => count === 5,
    );
    const { status, headers, body } = await download(token);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/json');
    expect(headers.get('content-disposition')).toBe('attachment; filename="oneseat-export.json"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(
      ['exportedAt', 'activities', 'devices', 'messages', 'notifications', 'profile', 'sessions'].sort(),
    );
    const get = async (path: string) => (await api.get(path, { token })).body;
    expect(body.profile).toEqual({ ...(await get('/v1/users/me')), formerIdentifiers: [] });
    expect(body.notifications).toEqual((await get('/v1/notifications?limit=100')).items);
    const sessions = (await get('/v1/sessions?state=all&limit=100')).items;
    expect(body.sessions).toEqual(sessions.map(({ current: _, ...one }: { current: boolean }) => one));
    expect(body.sessions.map(({ state }: { state: string }) => state)).toEqual(['live', 'live', 'ended']);
    const devices = (await get('/v1/devices')).items.map((device: { id: string }) => device.id);
    expect(body.devices.map((device: { id: string }) => device.id).sort()).toEqual(devices.sort());
    expect(body.activities.filter(({ sessionId }: { sessionId: string }) => sessionId === session.id)).toEqual(
      (await get(`/v1/sessions/${session.id}/activities`)).items,
    );
    expect(body.activities.map(({ type }: { type: string }) => type).sort()).toEqual([
      'session.ended',
      'session.started',
      'session.started',
      'session.started',
      'x',
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hash|argon|credential|signature|secret|ticket|ost_/i);
  });

  it('has nothing of anybody else', async () => {
    const [one, two] = [await somebody(), await somebody()];
    await test.api.post('/v1/sessions/current/activities', { token: two.token, body: { type: 'theirs' } });
    const { body } = await download(one.token);
    const text = JSON.stringify(body);
    for (const theirs of [two.id, two.sessionId, two.mobile, 'theirs']) expect(text).not.toContain(theirs);
    expect(text).toContain(one.mobile);
  });

  it('has what other rooms keep, listed or whole', async () => {
    const own = await startApp(engine);
    const personalData = own.app.get(PersonalData);
    personalData.register({
      name: 'pictures',
      async *export(userId) {
        yield { of: userId };
        yield { of: userId, second: true };
      },
    });
    personalData.register({ name: 'empty', export: async function* () {} });
    personalData.register({ name: 'whole', export: async () => ({ a: 1 }) });
    personalData.register({ name: 'nothing', export: async () => undefined });
    personalData.register({ name: 'hidden' });
    const { id } = await own.api.createUser();
    const { token } = (await own.api.provedLogin(id)).body;
    const { body } = await own.api.get('/v1/users/me/export', { token });
    expect(body).toMatchObject({ pictures: [{ of: id }, { of: id, second: true }], empty: [], whole: { a: 1 } });
    expect(body.nothing).toBeNull();
    expect(body).not.toHaveProperty('hidden');
    await own.close();
  });

  it('may be had five times an hour, by each person', async () => {
    test.clock.advance(HOUR - (test.clock.now().getTime() % HOUR));
    const [one, two] = [await somebody(), await somebody()];
    const answers: Answer[] = await Promise.all(Array.from({ length: 8 }, () => download(one.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(200), ...Array(3).fill(429)]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.code).toBe('too_many_requests');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
    expect((await download(two.token)).status).toBe(200);
    test.clock.advance(HOUR);
    expect((await download(one.token)).body.code).toBe('fresh_proof_required');
    await test.api.prove(one.token);
    expect((await download(one.token)).status).toBe(200);
  });

  it('is never taken for whole where the store goes away on the way', async () => {
    const { id, sessionId, token } = await somebody();
    const store = test.app.get(ActivityStore);
    const text = 'x'.repeat(2000);
    for (let i = 0; i < 250; i++)
      await store.add({ id: uuidv7(), userId: id, sessionId, type: 'x', data: { text }, at: test.clock.now() });
    const { asked, mend } = failFromPage(store, 2);
    await expect(download(token)).rejects.toThrow();
    // Before anything has gone out it is an answer as any other.
    expect(asked()).toBe(2);
    expect((await download(token)).body).toMatchObject({ status: 503, code: 'store_unavailable' });
    mend();
    expect((await download(token)).body.activities.length).toBeGreaterThanOrEqual(250);
  });

  it('goes on no longer than the session that asked, however slowly it is read', async () => {
    const { id, sessionId, token } = await somebody();
    const store = test.app.get(ActivityStore);
    const text = 'x'.repeat(2000);
    for (let i = 0; i < 250; i++)
      await store.add({ id: uuidv7(), userId: id, sessionId, type: 'x', data: { text }, at: test.clock.now() });
    const { asked, mend } = beforePage(store, 2, () => test.api.delete('/v1/sessions/current', { token }));
    await expect(download(token)).rejects.toThrow();
    mend();
    expect(asked()).toBeLessThan(5);
  });

  const MANY = byTier({ quick: 5000, full: engine === 'sqlite' ? 20_000 : 3000, long: 100_000 });
  it(
    `holds up nobody, with ${MANY} activities`,
    async () => {
      const { id, sessionId, token } = await somebody();
      await fill(id, sessionId);
      const exporting = download(token);
      let asked = 0;
      const state = { done: false };
      void exporting.finally(() => (state.done = true));
      while (!state.done) {
        expect((await test.api.get('/health/live')).status).toBe(200);
        asked += 1;
      }
      const { body } = await exporting;
      const types = new Set(body.activities.map(({ type }: { type: string }) => type));
      expect(body.activities.length).toBeGreaterThanOrEqual(MANY);
      expect(types.size).toBeGreaterThanOrEqual(MANY);
      // As long as one long answer would take, others would be waiting for their first.
      expect(asked).toBeGreaterThan(MANY / 1000);
    },
    byTier({ quick: 120_000, full: 120_000, long: 900_000 }),
  );

  /** With activities of the last minutes: older ones may be swept away meanwhile. */
  async function fill(userId: string, sessionId: string): Promise<void> {
    const first = new Date(test.clock.now().getTime() - MANY);
    if (engine === 'sqlite') {
      const db = test.app.get(SqliteDatabase);
      const params = { user_id: userId, session_id: sessionId, many: MANY, first: first.getTime() };
      await db.transaction(() => db.run(FILL, params));
      return;
    }
    const one = { userId, sessionId, data: { n: 1 } };
    const store = test.app.get(ActivityStore);
    for (let i = 0; i < MANY; i += 10) {
      const batch = Array.from({ length: 10 }, (_, j) => i + j);
      await Promise.all(
        batch.map((n) => store.add({ ...one, id: uuidv7(), type: `n.${n}`, at: new Date(first.getTime() + n) })),
      );
    }
  }
});

const FILL = `
  WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :many)
  INSERT INTO activities SELECT
    lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7000-8000-' || hex(randomblob(6))),
    :user_id, :session_id, 'n.' || n, '{"n":1}', :first + n / 7 FROM n`;
