import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Activities, ActivityStore } from '../../../src/activity/index.js';
import { ActivitySweeper } from '../../../src/activity/activity-sweeper.service.js';
import { OutboxStore } from '../../../src/outbox/index.js';
import { SessionStore } from '../../../src/sessions/index.js';
import { PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { eventually, passing } from '../../support/eventually.js';
import { failRemovals } from '../../support/faults.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

const DAY = 86_400_000;
const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, ACTIVITY_DAYS: '7' };

interface Login {
  userId: string;
  token: string;
  sessionId: string;
}

describe.each(ENGINES)('%s: activities', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await startApp(engine, SETTINGS);
  });
  afterAll(async () => {
    await test.close();
    Logger.overrideLogger(['error', 'warn']);
  });

  async function logIn(userId?: string, more: object = {}): Promise<Login> {
    const id = userId ?? (await test.api.createUser()).id;
    const { token, session } = (await test.api.serviceLogin(id, more)).body;
    return { userId: id, token, sessionId: session.id };
  }
  const record = ({ token }: Login, type: string, data?: object) =>
    test.api.post('/v1/sessions/current/activities', { token, body: { type, ...(data && { data }) } });
  const read = ({ token, sessionId }: Login, query = '', of = sessionId) =>
    test.api.get(`/v1/sessions/${of}/activities${query}`, { token });
  /** What was done, oldest first, once there is so much: start and end follow the commit. */
  async function typesOf(login: Login, count: number, of = login.sessionId): Promise<string[]> {
    const { body } = await eventually(
      () => read(login, '?limit=100', of),
      ({ body: { items = [] } }) => items.length >= count,
    );
    return body.items.map(({ type }: { type: string }) => type).reverse();
  }
  /** The person's, behind the port. */
  const kept = ({ userId }: Login) => test.app.get(ActivityStore).listOfUser(userId, { before: null, limit: 1000 });

  it('are recorded in the session that asks, and read newest first with what there is to say of the session', async () => {
    const login = await logIn();
    expect(await typesOf(login, 1)).toEqual(['session.started']);
    const { body: before } = await read(login);
    expect(before.session.lastActionAt).toBeNull();
    test.clock.advance(1000);
    const viewed = await record(login, 'page.viewed', { path: '/orders', filters: [{ open: true }] });
    expect(viewed.status).toBe(201);
    expect(viewed.body).toEqual({
      id: expect.any(String),
      sessionId: login.sessionId,
      type: 'page.viewed',
      data: { path: '/orders', filters: [{ open: true }] },
      at: expect.any(String),
    });
    test.clock.advance(4000);
    const bare = await record(login, 'A-z_0.9:ok');
    expect(bare.body.data).toBeNull();
    const { status, body } = await read(login);
    expect(status).toBe(200);
    expect(body.items.slice(0, 2)).toEqual([bare.body, viewed.body]);
    expect(body.items[2]).toMatchObject({ type: 'session.started', data: null, at: body.session.startedAt });
    const { session: current } = (await test.api.current(login.token)).body;
    expect(body.session).toEqual({
      id: login.sessionId,
      startedAt: current.createdAt,
      endedAt: null,
      durationSeconds: expect.any(Number),
      lastActionAt: bare.body.at,
    });
    expect([5, 6, 7]).toContain(body.session.durationSeconds);
    expect(body.nextCursor).toBeNull();
  });

  it('are read page by page', async () => {
    const login = await logIn();
    await typesOf(login, 1);
    for (let i = 0; i < 4; i++) await record(login, `step.${i}`);
    const all = (await read(login)).body.items;
    const seen = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: any = await read(login, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.session.lastActionAt).toBe(all[0].at);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(all).toHaveLength(5);
    expect(seen).toEqual(all);
  });

  it('end with the session, and say why; the duration is that from start to end', async () => {
    const one = await logIn();
    await record(one, 'order.placed');
    test.clock.advance(90_000);
    const two = await logIn(one.userId, { userAgent: PHONE });
    expect(await typesOf(two, 3, one.sessionId)).toEqual(['session.started', 'order.placed', 'session.ended']);
    test.clock.advance(60_000);
    const { session, items } = (await read(two, '', one.sessionId)).body;
    expect(items[0]).toMatchObject({ data: { reason: 'displaced' }, at: session.endedAt });
    expect(session.lastActionAt).toBe(items[1].at);
    const span = (Date.parse(session.endedAt) - Date.parse(session.startedAt)) / 1000;
    expect(session.durationSeconds).toBe(Math.floor(span));
    expect([90, 91, 92]).toContain(session.durationSeconds);
  });

  it('hold start and end once each, though the events are handed on again', async () => {
    const outbox = test.app.get(OutboxStore);
    const tries = failRemovals(outbox, 3);
    const one = await logIn();
    await logIn(one.userId);
    expect(
      await eventually(
        passing(test.clock, 2000, () => outbox.countWaiting()),
        (count) => count === 0,
      ),
    ).toBe(0);
    expect(tries()).toBeGreaterThan(3);
    expect((await kept(one)).map(({ type }) => type).sort()).toEqual([
      'session.ended',
      'session.started',
      'session.started',
    ]);
  });

  it('are nobody else’s: a foreign session is as one that does not exist, but not to an administrator', async () => {
    const [mine, foreign] = [await logIn(), await logIn()];
    await record(foreign, 'secret.thing');
    const ask = async (id: string) => {
      const { status, body } = await read(mine, '', id);
      return { status, code: body.code, detail: body.detail };
    };
    expect(await ask(foreign.sessionId)).toMatchObject({ status: 404, code: 'session_not_found' });
    expect(await ask(foreign.sessionId)).toEqual(await ask(randomUUID()));
    const token = await adminToken(test.api);
    const asAdmin = (id: string) => test.api.get(`/v1/admin/sessions/${id}/activities`, { token });
    await typesOf(foreign, 2);
    expect((await asAdmin(foreign.sessionId)).body).toEqual({
      ...(await read(foreign)).body,
      session: { ...(await read(foreign)).body.session, durationSeconds: expect.any(Number) },
    });
    expect((await asAdmin(randomUUID())).body.code).toBe('session_not_found');
    const userAsking = await test.api.get(`/v1/admin/sessions/${mine.sessionId}/activities`, { token: mine.token });
    expect(userAsking.body.code).toBe('admin_required');
  });

  describe('what is refused', () => {
    const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
    const sized = (bytes: number) => ({ text: 'ä'.repeat(1) + 'x'.repeat(bytes - '{"text":"ä"}'.length - 1) });

    it('a type that is none, or one of the service’s own', async () => {
      const login = await logIn();
      for (const type of [
        '',
        'a b',
        'ä',
        'x'.repeat(65),
        'a/b',
        'session.started',
        'session.ended',
        'a\n',
        1,
        null,
        ['a'],
      ])
        expect([type, (await record(login, type as string)).body.code]).toEqual([type, 'validation_failed']);
      for (const type of ['x'.repeat(64), 'session.starteds', 'session.note', 'A'])
        expect([type, (await record(login, type)).status]).toEqual([type, 201]);
    });

    it('data that is no object, too large or too deep', async () => {
      const login = await logIn();
      const post = (data: unknown) =>
        test.api.post('/v1/sessions/current/activities', { token: login.token, body: { type: 'x', data } });
      expect(Buffer.byteLength(JSON.stringify(sized(8192)))).toBe(8192);
      for (const data of [null, [], 'text', 1, true, nested(9), { a: [[[[[[[[]]]]]]]] }, sized(8193)])
        expect([data, (await post(data)).body.code]).toEqual([data, 'validation_failed']);
      for (const data of [{}, nested(8), { a: [[[[[[[]]]]]]] }, sized(8192)])
        expect((await post(data)).body.data).toEqual(data);
      expect(await typesOf(login, 5)).toHaveLength(5);
    });

    it('more than sixty a minute; another session has its own', async () => {
      const [login, other] = [await logIn(), await logIn()];
      // Not across the edge of a minute.
      test.clock.advance(60_000 - (test.clock.now().getTime() % 60_000));
      const answers = await Promise.all(Array.from({ length: 65 }, (_, i) => record(login, `burst.${i}`)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.map(({ body }) => body.code)).toEqual(Array(5).fill('too_many_requests'));
      expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await kept(login)).filter(({ type }) => type.startsWith('burst'))).toHaveLength(60);
      expect((await record(other, 'burst')).status).toBe(201);
      test.clock.advance(60_000);
      expect((await record(login, 'later')).status).toBe(201);
    });

    it('anything in a session that has ended, as the guard does', async () => {
      const one = await logIn();
      const two = await logIn(one.userId);
      expect((await record(one, 'late')).body).toMatchObject({ status: 401, code: 'session_displaced' });
      expect(await typesOf(two, 2, one.sessionId)).toEqual(['session.started', 'session.ended']);
    });
  });

  it('that race the end of their session stand there if they were acknowledged, and only then', async () => {
    const rounds = byTier({ quick: 2, full: 5, long: 5 });
    for (let round = 0; round < rounds; round++) {
      const one = await logIn();
      const recording = Array.from({ length: 20 }, (_, i) => record(one, `n.${i}`));
      const [two, ...answers] = await Promise.all([logIn(one.userId), ...recording]);
      const acknowledged = answers.filter(({ status }) => status === 201).map(({ body }) => body.type);
      expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
        Array(20 - acknowledged.length).fill('session_displaced'),
      );
      const types = await typesOf(two, acknowledged.length + 2, one.sessionId);
      expect(types.filter((type) => type.startsWith('n.')).sort()).toEqual(acknowledged.sort());
    }
  });

  describe('for the earlier APIs', () => {
    const activities = () => test.app.get(Activities);
    const codeOf = async (work: Promise<unknown>) => {
      const [outcome] = await Promise.allSettled([work]);
      return outcome.status === 'fulfilled' ? 'done' : (outcome.reason as { code: string }).code;
    };
    const page = { before: null, limit: 10 };

    it('are recorded and read by session id: by its person in any of their sessions, by a service in anybody’s', async () => {
      const [one, foreign] = [await logIn(), await logIn()];
      const person = { kind: 'user', userId: one.userId, sessionId: randomUUID() } as const;
      const service = { kind: 'service', name: 'test' } as const;
      await activities().recordAs(person, one.sessionId, { type: 'by.person', data: { a: 1 } });
      await activities().recordAs(service, one.sessionId, { type: 'by.service' });
      expect(await typesOf(one, 3)).toEqual(['session.started', 'by.person', 'by.service']);
      for (const actor of [person, service]) {
        const { found, session } = await activities().listAs(actor, one.sessionId, page);
        expect(found.map(({ type }) => type)).toEqual(['by.service', 'by.person', 'session.started']);
        expect(session.id).toBe(one.sessionId);
      }
      expect(await codeOf(activities().recordAs(person, foreign.sessionId, { type: 'x' }))).toBe('session_not_found');
      expect(await codeOf(activities().listAs(person, foreign.sessionId, page))).toBe('session_not_found');
      expect(await codeOf(activities().recordAs(service, randomUUID(), { type: 'x' }))).toBe('session_not_found');
      await test.api.delete('/v1/sessions/current', { token: one.token });
      for (const actor of [person, service]) {
        expect(await codeOf(activities().recordAs(actor, one.sessionId, { type: 'x' }))).toBe('session_logged_out');
        expect(await codeOf(activities().listAs(actor, one.sessionId, page))).toBe('done');
      }
    });

    it('do not count a service’s', async () => {
      const { sessionId } = await logIn();
      const service = { kind: 'service', name: 'test' } as const;
      const recording = Array.from({ length: 70 }, () => activities().recordAs(service, sessionId, { type: 'x' }));
      expect(await codeOf(Promise.all(recording))).toBe('done');
    });
  });

  it('are dropped after ACTIVITY_DAYS, in small steps that stop with the service', async () => {
    const login = await logIn();
    const store = test.app.get(ActivityStore);
    const { session } = (await test.app.get(SessionStore).find(login.userId, login.sessionId))!;
    const at = (days: number) => new Date(test.clock.now().getTime() - days * DAY);
    const base = { userId: login.userId, sessionId: session.id, type: 'old', data: null };
    for (let i = 0; i < 250; i++) await store.add({ ...base, id: randomUUID(), at: at(8) });
    await store.add({ ...base, type: 'young', id: randomUUID(), at: at(6.9) });
    await typesOf(login, 100);
    const sweeper = new ActivitySweeper(store, { activityDays: 7 } as never, test.clock);
    const stopped = sweeper.sweep();
    await sweeper.onApplicationShutdown();
    await stopped;
    expect((await kept(login)).filter(({ type }) => type === 'old')).toHaveLength(150);
    await test.app.get(ActivitySweeper).sweep();
    expect((await kept(login)).map(({ type }) => type).sort()).toEqual(['session.started', 'young']);
  });
});
