import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM, type Profile } from '../../../src/accounts/index.js';
import { ActivityStore } from '../../../src/activity/index.js';
import { AuditStore } from '../../../src/audit/index.js';
import { DeliveryStore, newDelivery, type Delivery } from '../../../src/delivery/index.js';
import { NotificationStore } from '../../../src/notifications/index.js';
import { Outbox, OutboxStore } from '../../../src/outbox/index.js';
import { ErasureStore, PersonalData } from '../../../src/personal-data/index.js';
import { Erasures } from '../../../src/personal-data/erasures.service.js';
import { PASSWORD } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { contentOf } from '../../support/content.js';
import { eventually, passing } from '../../support/eventually.js';
import { failErasure, failListener, failRemoval, holdErasure } from '../../support/faults.js';
import { adminToken, settleDevices } from '../../support/people.js';
import { addMany, countLeft } from '../../support/many.js';
import { startReceiver, type Receiver } from '../../support/receiver.js';
import { filesOf, formOf, pictures, withPicture } from '../../support/pictures.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';
import { WebhookAdmin } from '../../support/webhooks.js';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

const VERA = { username: 'Vera.Vanishing', email: 'vera@vanishing.example', displayName: 'Vera Verschwunden' };
/** Whatever is known of her or her devices. */
const TRACES = {
  ...VERA,
  key: 'vera.vanishing',
  mobile: '+919812345670',
  former: '+919812345671',
  browser: 'Vivaldi',
  agent: 'TraceBrowser',
  address: '203.0.113.77',
  network: '203.0.113.0',
  activity: 'what vera did',
  message: 'what vera wrote',
  answer: 'what vera was told',
};
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) TraceBrowser/7 Chrome/130.0.0.0 Safari/537.36 Vivaldi/7.0';

describe.each(ENGINES)('%s: erasure of a deleted account', (engine) => {
  let store: TestStore;
  let test: TestApp;
  let receiver: Receiver;
  let admin: string;
  /** What is to be looked for: all that is known of her, and her pictures by their ids. */
  let traces: Record<string, string>;
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['error', 'warn']));

  const open = () =>
    startApp(
      engine,
      {
        ADMIN_USERNAME: ADMIN.username,
        ADMIN_PASSWORD: ADMIN.password,
        SESSION_LIMIT: '2',
        SESSION_IDLE_TIMEOUT: '31536000',
        WEBHOOK_ALLOW_PRIVATE: 'true',
        // Nobody listens there: mail and pushes wait.
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'Example <no-reply@example.com>',
        PUSH_WEBHOOK_URL: 'http://127.0.0.1:1/',
        PUSH_WEBHOOK_SECRET: SECRET,
        SMS_WEBHOOK_URL: 'http://127.0.0.1:1/',
        SMS_WEBHOOK_SECRET: SECRET,
      },
      store,
    );
  beforeEach(async () => {
    store = newStore(engine);
    traces = { ...TRACES };
    test = await open();
    receiver = await startReceiver({ clock: test.clock });
    admin = await adminToken(test.api);
  });
  afterEach(async () => {
    await test.close();
    await receiver.close();
    await store.dispose();
  });

  /** A person with something in every corner of the store. */
  async function vera(): Promise<{ id: string; token: string; tokens: string[] }> {
    const { api } = test;
    const given = { ...VERA, mobile: TRACES.former, password: PASSWORD };
    const { id } = (await api.post('/v1/users', { service: true, body: given })).body;
    const logIn = async (deviceId: string, userAgent = AGENT) =>
      (await api.serviceLogin(id, { deviceId, userAgent, ipAddress: TRACES.address })).body;
    const tokens = [];
    for (const device of ['laptop', 'phone', 'tablet']) tokens.push((await logIn(device)).token as string);
    await settleDevices(test, id);
    const token = tokens[2]!;
    await api.inbox(token, (kinds) => kinds.length === 3);
    await api.post('/v1/sessions/current/activities', { token, body: { type: 'x', data: { text: TRACES.activity } } });
    const policy = { limit: 2, per: 'user', onLimit: 'refuse', idleTimeout: 31_536_000, maxAge: 315_360_000 };
    await api.put(`/v1/admin/users/${id}/policy`, { token: admin, body: policy });
    expect((await api.serviceLogin(id, { deviceId: 'tv', userAgent: AGENT })).status).toBe(409);
    const patch = { mobile: TRACES.mobile, currentPassword: PASSWORD };
    expect((await api.patch('/v1/users/me', { token, body: patch })).status).toBe(200);
    await test.app
      .get(DeliveryStore)
      .add([messageTo(id, 'former-contact', { previous: TRACES.former }), messageTo(id, 'text')]);
    const friend = (await api.createUser()).id;
    const friendToken = (await api.serviceLogin(friend, { ipAddress: '198.51.100.4' })).body.token as string;
    traces.sent = await send(token, friend, TRACES.message);
    traces.received = await send(friendToken, id, TRACES.answer);
    traces.avatar = (await withPicture(api, { token })).imageId;
    await test.app.get(Outbox).idle();
    return { id, token, tokens };
  }
  /** What would have been told to a mobile that had been verified, or is. */
  function messageTo(userId: string, target: string, payload: object = {}): Delivery {
    const event = { id: randomUUID(), userId, at: test.clock.now(), actor: SYSTEM, type: 'user.created' } as const;
    const later = new Date(event.at.getTime() + DAY);
    return { ...newDelivery(event, target, payload, event.at), nextAttemptAt: later };
  }
  /** A message with a picture, whose id is returned. */
  async function send(token: string, to: string, text: string): Promise<string> {
    const body = formOf(['to', to], ['text', text], ['image', await pictures.gif()]);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${test.url}/v1/messages`, { method: 'POST', headers, body });
    return /images\/([\da-f-]{36})/.exec(((await answer.json()) as { imageUrl: string }).imageUrl)![1]!;
  }
  const remove = async (token: string) => {
    const answer = await test.api.delete('/v1/users/me', { token, body: { currentPassword: PASSWORD } });
    expect(answer.status).toBe(204);
  };
  const tracesIn = (content: string) =>
    Object.entries(traces).flatMap(([name, value]) => (content.includes(value) ? [name] : []));
  const tracesLeft = async () => tracesIn([await contentOf(store), ...filesOf(store)].join('\n'));
  /** Resolves once all has been handed on and everybody who is due has been erased, or could not be. */
  const done = async ({ app } = test) => {
    await app.get(Outbox).idle();
    await app.get(Erasures).idle();
  };
  const due = async () => (await test.app.get(ErasureStore).listDue(test.clock.now(), 10)).length;
  const rows = async (target: string, state: 'pending' | 'dead' | 'delivered' = 'pending') =>
    test.app.get(DeliveryStore).list(target, { state, before: null, limit: 100 });
  const codeOf = async (token: string) => (await test.api.current(token)).body.code;

  it('leaves no trace of the person in the store, and ids in the audit record', async () => {
    const { id, token, tokens } = await vera();
    expect((await tracesLeft()).sort()).toEqual(Object.keys(traces).sort());
    const kept = () =>
      Object.keys(traces).filter((name) => filesOf(store).some((file) => file.includes(traces[name]!)));
    expect(kept()).toEqual(['sent', 'received', 'avatar']);
    expect([...(await rows('mail')), ...(await rows('push'))]).not.toEqual([]);

    await remove(token);
    await done();
    for (const target of ['mail', 'push', 'text', 'former-contact']) expect(await rows(target)).toEqual([]);
    expect(await test.app.get(NotificationStore).countUnread(id)).toBe(0);
    const entries = await test.app
      .get(AuditStore)
      .list({ userId: id, actor: null, type: null, before: null, limit: 100 });
    expect(entries.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['user.created', 'session.refused', 'session.ended', 'contact.changed', 'user.deleted']),
    );
    const started = entries.find(({ type }) => type === 'session.started');
    expect(started?.details).toEqual({
      session: { id: expect.any(String), userId: id, device: { id: expect.any(String) } },
    });
    expect(JSON.stringify(entries.map(({ details }) => details))).not.toMatch(/203\.0\.113|desktop|refuse/);
    expect([await codeOf(tokens[0]!), await codeOf(tokens[1]!), await codeOf(tokens[2]!)]).toEqual([
      'session_displaced',
      'session_user_deleted',
      'session_user_deleted',
    ]);
    expect((await test.api.current(tokens[0]!)).body.endedBy).toBeUndefined();
    const listed = await test.api.get(`/v1/admin/sessions?state=ended&userId=${id}`, { token: admin });
    for (const session of listed.body.items)
      expect(session).toMatchObject({ ip: '', userAgent: '', device: { name: '', class: 'other', browser: null } });

    // Nor in the write-ahead log, though nothing else is written.
    expect(await tracesLeft()).toEqual([]);
    await test.close();
    expect(await tracesLeft()).toEqual([]);
    test = await open();
  });

  it('is finished by whoever comes next, where the process that began it has died', async () => {
    const { token } = await vera();
    const { asked } = failErasure(test.app.get(PersonalData), 'photos');
    // The process also dies before the others have been asked.
    failRemoval(test.app.get(ActivityStore));
    await remove(token);
    await done();
    expect([asked.length, await due(), await test.app.get(OutboxStore).countWaiting()]).toEqual([1, 1, 0]);
    expect(await tracesLeft()).toEqual(expect.arrayContaining(['activity']));
    await test.close();
    test = await open();
    await done();
    expect(await due()).toBe(0);
    await test.close();
    expect(await tracesLeft()).toEqual([]);
    test = await open();
  });

  it('asks each room, also where another fails, until all have done it; more often than once does no harm', async () => {
    const { id, token } = await vera();
    const asked: string[] = [];
    failErasure(test.app.get(PersonalData), 'z', 0, asked);
    failErasure(test.app.get(PersonalData), 'a', 2, asked);
    await remove(token);
    await done();
    while ((await due()) > 0) {
      await test.app.get(Erasures).sweep();
      await done();
    }
    expect(asked).toEqual(['a', 'z', 'a', 'z', 'a', 'z'].map((name) => `${name} ${id}`));
  });

  it('holds up nobody else, however long it takes: neither another deletion nor the rescue of an event', async () => {
    const [slow, quick] = [await vera(), (await test.api.createUser()).id];
    const quickToken = (await test.api.serviceLogin(quick)).body.token as string;
    const other = (await test.api.createUser()).id;
    const { erased, mend } = holdErasure(test.app.get(PersonalData), slow.id);
    let refused = 0;
    failListener(test.app.get(Outbox), ({ userId }) => userId === other && refused++ === 0);
    await remove(slow.token);
    await test.app.get(Outbox).idle();
    await test.api.serviceLogin(other);
    await remove(quickToken);
    const waiting = passing(test.clock, 2000, () => test.app.get(OutboxStore).countWaiting());
    expect(await eventually(waiting, (count) => count === 0)).toBe(0);
    expect(await eventually(due, (count) => count === 1)).toBe(1);
    expect([erased, refused > 1]).toEqual([[quick], true]);
    mend();
    await done();
    expect([erased, await due()]).toEqual([[quick, slow.id], 0]);
  });

  it('breaks off when the service ends, and goes on when it starts', async () => {
    const many = byTier({ quick: 6000, full: engine === 'sqlite' ? 30_000 : 3000, long: 30_000 });
    const [{ id }, friend] = [await test.api.createUser(), (await test.api.createUser()).id];
    const { token } = (await test.api.serviceLogin(id)).body;
    await addMany(store, 'messages', id, friend, many);
    await remove(token);
    const left = () => countLeft(store, 'messages');
    expect(await eventually(left, (count) => count < many)).toBeLessThan(many);
    const since = performance.now();
    await test.close();
    expect(performance.now() - since).toBeLessThan(3000);
    expect(await left()).toBeGreaterThan(0);
    test = await open();
    await done();
    expect([await left(), await due()]).toEqual([0, 0]);
  });

  it('erases again an hour later what somebody was still writing, and again after four days', async () => {
    const { id, token } = await vera();
    await remove(token);
    await done();
    const { app, clock } = test;
    const [sessionId, late] = [uuidv7(), clock.now()];
    const write = async () => {
      const device = { id: uuidv7(), name: 'Vivaldi', class: 'desktop' } as const;
      const common = { userId: id, sessionId, ip: TRACES.address };
      await app
        .get(ActivityStore)
        .add({ ...common, id: uuidv7(), type: 'x', data: { text: TRACES.activity }, at: late });
      const notice = {
        ...common,
        id: randomUUID(),
        kind: 'new_device',
        createdAt: late,
        readAt: null,
        device,
        numbers: null,
      } as const;
      await app.get(NotificationStore).add(notice);
      const details = { session: { id: sessionId, ip: TRACES.address } };
      const entry = { id: randomUUID(), at: late, type: 'session.started', actor: SYSTEM, userId: id, details };
      await app.get(AuditStore).add(entry);
    };
    const left = async () => (await tracesLeft()).length;
    const toCome = async () => (await app.get(ErasureStore).listDue(new Date(late.getTime() + 30 * DAY), 10)).length;
    for (const later of [HOUR, 4 * DAY]) {
      await write();
      await app.get(Erasures).sweep();
      await app.get(Erasures).idle();
      expect(await left()).toBeGreaterThan(0);
      expect(await toCome()).toBe(1);
      clock.advance(later);
      await app.get(Erasures).sweep();
      await app.get(Erasures).idle();
      const entries = await app.get(AuditStore).list({ userId: id, actor: null, type: null, before: null, limit: 100 });
      expect(JSON.stringify(entries)).not.toContain(TRACES.address);
      expect(await app.get(ActivityStore).listOfUser(id, { before: null, limit: 10 })).toEqual([]);
      expect(await app.get(NotificationStore).countUnread(id)).toBe(0);
    }
    expect(await toCome()).toBe(0);
  });

  it('tells webhooks, in order, also one that is down: what waits for it stays, what it was sent or could not be sent goes', async () => {
    const webhooks = new WebhookAdmin(test.api, admin);
    const up = await webhooks.register(receiver, '/up', { events: ['*'] });
    const down = await webhooks.register(receiver, '/down', { events: ['*'] });
    receiver.respond((response, { path }) => response.writeHead(path === '/down' ? 503 : 204).end());
    const { id, token, tokens } = await vera();
    await receiver.until(
      (all) => all.filter(({ path, body }) => path === '/up' && body.type === 'session.ended').length === 1,
    );
    expect(
      await eventually(
        () => rows(up, 'delivered'),
        ({ length }) => length > 5,
      ),
    ).not.toEqual([]);
    await remove(token);
    await receiver.until((all) => all.some(({ path, body }) => path === '/up' && body.type === 'user.deleted'));
    const told = receiver.received.filter(({ path }) => path === '/up').map(({ body }) => body);
    const { session } = (await test.api.current(tokens[1]!)).body;
    expect(session).toBeUndefined();
    expect(told.find(({ type }) => type === 'user.deleted')).toEqual({
      type: 'user.deleted',
      timestamp: expect.any(String),
      data: { userId: id, actor: { kind: 'user', userId: id, sessionId: expect.any(String) } },
    });
    const ended = await eventually(
      async () =>
        receiver.received.filter(({ path, body }) => path === '/up' && body.data.session?.endReason === 'user_deleted'),
      ({ length }) => length === 2,
    );
    expect(ended).toHaveLength(2);
    for (const { text } of ended) expect(tracesIn(text)).toEqual([]);

    await done();
    const waiting = (await rows(down)).filter(({ userId }) => userId === id);
    expect(waiting.map(({ eventType }) => eventType)).toEqual(expect.arrayContaining(['user.created', 'user.deleted']));
    // It comes back: everything arrives, the word of the deletion after what else is about no session.
    receiver.respond((response) => response.writeHead(204).end());
    const arrived = () => receiver.received.filter(({ path, body }) => path === '/down' && body.data.userId === id);
    test.clock.advance(60_000);
    expect(
      await eventually(
        () => rows(down),
        ({ length }) => length === 0,
      ),
    ).toEqual([]);
    const order = arrived().map(({ body }) => body.type as string);
    expect(order.lastIndexOf('user.created')).toBeLessThan(order.indexOf('user.deleted'));
    await test.app.get(PersonalData).erase(id);
    for (const target of [up, down]) {
      expect((await rows(target, 'delivered')).filter(({ userId }) => userId === id)).toEqual([]);
      expect((await rows(target, 'dead')).filter(({ userId }) => userId === id)).toEqual([]);
    }
  });

  it('is nobody else’s: others keep everything', async () => {
    const other = await test.api.createUser({ displayName: 'Otto Other' });
    const otto = (await test.api.serviceLogin(other.id)).body;
    const phone = (await test.api.serviceLogin(other.id, { deviceId: 'x', userAgent: 'OttoPhone/1.0' })).body;
    await test.api.inbox(otto.token, (kinds) => kinds.length === 1);
    await test.api.post('/v1/sessions/current/activities', { token: otto.token, body: { type: 'kept' } });
    const shown = async () => {
      const get = async (path: string) => (await test.api.get(path, { token: otto.token })).body;
      const { session: _, ...activities } = await get(`/v1/sessions/${otto.session.id}/activities`);
      const entries = await test.api.get(`/v1/admin/audit?userId=${other.id}&limit=100`, { token: admin });
      const user: Profile = await get('/v1/users/me');
      const notices = await get('/v1/notifications');
      const ended = await get('/v1/sessions?state=ended');
      return [user, activities, notices, ended, entries.body.items];
    };
    await test.api.delete(`/v1/sessions/${phone.session.id}`, { token: otto.token });
    await test.app.get(Outbox).idle();
    const before = await shown();
    const { token } = await vera();
    await remove(token);
    await done();
    expect(await shown()).toEqual(before);
  });
});
