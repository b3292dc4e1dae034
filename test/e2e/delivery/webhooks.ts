import { randomUUID } from 'node:crypto';
import { DeliveryDispatcher } from '../../../src/delivery/dispatcher.service.js';
import { WebhookStore } from '../../../src/delivery/index.js';
import { RETRY_PAUSES } from '../../../src/delivery/retry.rules.js';
import { PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { adminToken } from '../../support/people.js';
import { startReceiver, type Receiver } from '../../support/receiver.js';
import { ENGINES, newStore } from '../../support/stores.js';
import { WebhookAdmin } from '../../support/webhooks.js';

const SETTINGS = {
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
  WEBHOOK_ALLOW_PRIVATE: 'true',
  // The clock is moved by hours.
  SESSION_IDLE_TIMEOUT: '31536000',
};
const HOUR = 3_600_000;

describe.each(ENGINES)('%s: webhooks', (engine) => {
  let test: TestApp;
  let admin: WebhookAdmin;
  let receiver: Receiver;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    admin = new WebhookAdmin(test.api, await adminToken(test.api));
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    for (const { id } of (await admin.call('GET', '?limit=100')).body.items) await admin.call('DELETE', `/${id}`);
    await receiver.close();
  });
  afterAll(() => test.close());

  const types = (path: string) => receiver.received.filter((one) => one.path === path).map(({ body }) => body.type);

  describe('administration', () => {
    it('shows the secret when it is made, and never again', async () => {
      const url = 'https://hooks.example.com/oneseat';
      const { status, body } = await admin.call('POST', '', { url, events: ['session.ended'] });
      expect(status).toBe(201);
      expect(body).toMatchObject({ url, events: ['session.ended'], enabled: true, createdAt: expect.any(String) });
      expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const { secret, ...shown } = body;
      const { body: one } = await admin.call('GET', `/${shown.id}`);
      expect(one).toEqual(shown);
      expect((await admin.call('GET')).body.items).toContainEqual(shown);
      const rotated = await admin.call('POST', `/${shown.id}/rotate-secret`);
      expect(rotated).toMatchObject({ status: 200, body: shown });
      expect(rotated.body.secret).not.toBe(secret);
      const edited = await admin.call('PATCH', `/${shown.id}`, { events: ['*'], enabled: false });
      expect(edited.body).toEqual({ ...shown, events: ['*'], enabled: false });
      expect((await admin.call('DELETE', `/${shown.id}`)).status).toBe(204);
      expect((await admin.call('GET', `/${shown.id}`)).body.code).toBe('webhook_not_found');
    });

    it('answers 404 for what is not there', async () => {
      const id = randomUUID();
      const real = await admin.register(receiver, '/a');
      for (const [method, path, code] of [
        ['GET', `/${id}`, 'webhook_not_found'],
        ['PATCH', `/${id}`, 'webhook_not_found'],
        ['DELETE', `/${id}`, 'webhook_not_found'],
        ['POST', `/${id}/rotate-secret`, 'webhook_not_found'],
        ['GET', `/${id}/deliveries`, 'webhook_not_found'],
        ['POST', `/${id}/deliveries/${id}/redeliver`, 'webhook_not_found'],
        ['POST', `/${real}/deliveries/${id}/redeliver`, 'delivery_not_found'],
      ] as const) {
        const { status, body } = await admin.call(method, path, method === 'PATCH' ? { enabled: true } : undefined);
        expect({ method, path, status, code: body.code }).toEqual({ method, path, status: 404, code });
      }
    });

    it.each<[string, object]>([
      ['url', { url: 'ftp://hooks.example.com' }],
      ['url', { url: 'no url' }],
      ['url', { url: 'https://user:pass@hooks.example.com/' }],
      ['url', { url: `https://hooks.example.com/${'a'.repeat(2048)}` }],
      ['events', { events: [] }],
      ['events', { events: ['session.begun'] }],
      ['events', { events: ['*', '*'] }],
      ['enabled', { enabled: 'yes' }],
      ['secret', { secret: 'whsec_chosenByMyself' }],
    ])('refuses a wrong %s: %j', async (field, wrong) => {
      const answer = await admin.call('POST', '', { url: 'https://hooks.example.com/', ...wrong });
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed', errors: [{ field }] } });
    });
  });

  describe('sending', () => {
    it('sends what was asked for, signed, with ids, reason and snapshot, in order', async () => {
      const id = await admin.register(receiver, '/all');
      await admin.register(receiver, '/ends', { events: ['session.ended', 'device.first_seen'] });
      const { id: userId } = await test.api.createUser();
      const laptop = (await test.api.serviceLogin(userId)).body;
      const phone = (await test.api.serviceLogin(userId, { userAgent: PHONE })).body;
      await receiver.gets(5, '/all');
      await receiver.gets(2, '/ends');
      const ended = receiver.received.find(({ path, body }) => path === '/all' && body.type === 'session.ended')!.body;
      expect(types('/all').sort()).toEqual([
        'device.first_seen',
        'session.ended',
        'session.started',
        'session.started',
        'user.created',
      ]);
      expect(types('/ends').sort()).toEqual(['device.first_seen', 'session.ended']);
      expect(ended).toEqual({
        type: 'session.ended',
        timestamp: expect.any(String),
        data: {
          userId,
          actor: expect.any(Object),
          session: expect.objectContaining({
            id: laptop.session.id,
            endReason: 'displaced',
            endedBy: expect.objectContaining({ sessionId: phone.session.id }),
          }),
        },
      });
      const order = receiver.received.filter(
        ({ path, body }) => path === '/all' && body.data.session?.id === laptop.session.id,
      );
      expect(order.map(({ body }) => body.type)).toEqual(['session.started', 'session.ended']);
      const text = receiver.received.map((one) => one.text).join();
      expect(text).not.toMatch(/hash|secret|token|"keyHash"|argon2/i);
      expect(receiver.forged).toEqual([]);
      expect(new Set(receiver.received.map((one) => one.id)).size).toBe(receiver.received.length);
      expect(
        await eventually(
          () => admin.deliveries(id, 'pending'),
          (left) => left.length === 0,
        ),
      ).toEqual([]);
    });

    it('signs with the new secret once it is rotated, and with those before it too', async () => {
      const id = await admin.register(receiver, '/rotated', { events: ['user.created'] });
      const old = receiver.secretOf('/rotated');
      // At once: somebody has lost the answer, and another one does not know.
      const rotated = await Promise.all([1, 2, 3].map(() => admin.call('POST', `/${id}/rotate-secret`)));
      const secrets = rotated.map(({ body }) => body.secret as string);
      for (const [index, known] of [old, ...secrets].entries()) {
        receiver.verify('/rotated', known);
        await test.api.createUser();
        await receiver.gets(index + 1, '/rotated');
      }
      expect(receiver.forged).toEqual([]);
    });

    it('forgets a secret once it signs no more', async () => {
      const id = await admin.register(receiver, '/forgets', { events: ['user.deleted'] });
      const webhooks = test.app.get(WebhookStore, { strict: false });
      const now = test.clock.now().getTime();
      const [over, valid] = [now, now + 60_000].map((time) => ({ secret: 'whsec_', until: new Date(time) }));
      await webhooks.edit(id, { formerSecrets: [valid!, over!] });
      await test.app.get(DeliveryDispatcher, { strict: false }).tidy();
      expect((await webhooks.find(id))!.formerSecrets).toEqual([valid]);
    });

    it.each([
      ['seconds', 429, () => '120'],
      ['a date', 503, (now: Date) => new Date(now.getTime() + 120_000).toUTCString()],
    ])('leaves a receiver alone for as long as it asks, in %s', async (_, status, retryAfter) => {
      const path = `/later-${status}`;
      const id = await admin.register(receiver, path, { events: ['user.created'] });
      receiver.respond((response, one) => {
        if (one.path === path) response.setHeader('retry-after', retryAfter(test.clock.now()));
        response.writeHead(one.path === path ? status : 204).end();
      });
      await test.api.createUser();
      await receiver.gets(1, path);
      const [waiting] = await eventually(
        () => admin.deliveries(id, 'pending'),
        ([one]) => one?.lastError === `answered ${status}`,
      );
      const wait = Date.parse(waiting.nextAttemptAt) - test.clock.now().getTime();
      expect(wait).toBeGreaterThan(118_000);
      expect(wait).toBeLessThan(145_000);
      receiver.respond((response) => response.writeHead(204).end());
      test.clock.advance(150_000);
      await receiver.gets(2, path);
    });

    it('ends one whose receiver says that it is gone, until an administrator turns it on again', async () => {
      const id = await admin.register(receiver, '/gone', { events: ['user.created'] });
      receiver.respond((response, { path }) => response.writeHead(path === '/gone' ? 410 : 204).end());
      await test.api.createUser();
      const ended = await eventually(
        async () => (await admin.call('GET', `/${id}`)).body,
        ({ enabled }) => enabled === false,
      );
      expect(ended).toMatchObject({ enabled: false, goneAt: expect.any(String) });
      const { items } = (await test.api.get('/v1/admin/audit?type=webhook.gone', { token: admin.token })).body;
      expect(items).toMatchObject([{ actor: { kind: 'system' }, details: { webhookId: id } }]);
      receiver.respond((response) => response.writeHead(204).end());
      const again = await admin.call('PATCH', `/${id}`, { enabled: true });
      expect(again.body).toMatchObject({ enabled: true, goneAt: null });
      const { id: later } = await test.api.createUser();
      await receiver.until((received) =>
        received.some((one) => one.path === '/gone' && one.body.data.userId === later),
      );
    });

    it('leaves one that is off alone, and sends it nothing of that time', async () => {
      const id = await admin.register(receiver, '/off', { events: ['user.created'], enabled: false });
      await admin.register(receiver, '/on', { events: ['user.created'] });
      await test.api.createUser();
      await receiver.gets(1, '/on');
      await admin.call('PATCH', `/${id}`, { enabled: true });
      const { id: later } = await test.api.createUser();
      await receiver.gets(1, '/off');
      await receiver.gets(2, '/on');
      expect(receiver.received.filter(({ path }) => path === '/off').map(({ body }) => body.data.userId)).toEqual([
        later,
      ]);
    });

    it('takes a redirect for a failure and does not follow it', async () => {
      const id = await admin.register(receiver, '/redirects', { events: ['user.created'] });
      receiver.respond((response) => response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end());
      await test.api.createUser();
      const [waiting] = await eventually(
        () => admin.deliveries(id, 'pending'),
        ([first]) => first?.lastError,
      );
      expect(waiting).toMatchObject({ type: 'user.created', attempts: 1, lastError: 'answered 302' });
      expect(receiver.received.map(({ path }) => path)).toEqual(['/redirects']);
      expect(receiver.forged).toEqual([]);
    });

    it('reads no body, however long it is and however slowly it comes', async () => {
      const id = await admin.register(receiver, '/drips', { events: ['user.created'] });
      const broken = new Promise<void>((resolve) => {
        receiver.respond((response) => {
          response.writeHead(200);
          const drip = setInterval(() => response.write('x'.repeat(100)), 5);
          response.on('close', () => {
            clearInterval(drip);
            resolve();
          });
        });
      });
      await test.api.createUser();
      await broken;
      expect(
        await eventually(
          () => admin.deliveries(id, 'pending'),
          (left) => left.length === 0,
        ),
      ).toEqual([]);
    });

    it('gives a target that does not answer ten seconds, and holds up no other', async () => {
      const id = await admin.register(receiver, '/mute', { events: ['user.created'] });
      await admin.register(receiver, '/quick', { events: ['user.created'] });
      receiver.respond((response, { path }) => {
        if (path === '/quick') response.writeHead(204).end();
      });
      const since = test.clock.now().getTime();
      for (let count = 0; count < 12; count++) await test.api.createUser();
      await receiver.gets(12, '/quick');
      expect(types('/mute').length).toBeLessThanOrEqual(8);
      const failed = async () => (await admin.deliveries(id, 'pending')).filter(({ lastError }) => lastError);
      test.clock.advance(Math.max(0, since + 5000 - test.clock.now().getTime()));
      expect(await failed()).toEqual([]);
      test.clock.advance(10_000);
      const [first] = await eventually(failed, ({ length }) => length > 0);
      expect(first).toMatchObject({ attempts: 1, lastError: 'timeout' });
    });
  });
});

describe.each(ENGINES)('%s: a webhook that fails', (engine) => {
  let test: TestApp;
  let admin: WebhookAdmin;
  let receiver: Receiver;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    test.clock.stop();
    admin = new WebhookAdmin(test.api, await adminToken(test.api));
    receiver = await startReceiver({ clock: test.clock });
  });
  afterAll(async () => {
    await receiver.close();
    await test.close();
  });

  it('is tried for more than a day under one id, then given up, listed, and delivered when asked for', async () => {
    const id = await admin.register(receiver, '/fails', { events: ['user.created'] });
    receiver.respond((response) => response.writeHead(503).end());
    const startedAt = test.clock.now().getTime();
    const { id: userId } = await test.api.createUser();
    for (const [index, pause] of RETRY_PAUSES.entries()) {
      const now = test.clock.now().getTime();
      const untilNext = (waiting: any) => new Date(waiting.nextAttemptAt).getTime() - now;
      // Not the end of a lease, which is so far away to the millisecond.
      const isRetry = (wait: number) => wait >= pause && wait <= 1.2 * pause && wait !== 30_000;
      const [waiting] = await eventually(
        () => admin.deliveries(id, 'pending'),
        ([first]) => first?.attempts === index + 1 && isRetry(untilNext(first)),
      );
      expect(waiting).toMatchObject({ attempts: index + 1, lastError: 'answered 503' });
      test.clock.advance(untilNext(waiting));
    }
    const [dead] = await eventually(
      () => admin.deliveries(id, 'dead'),
      ({ length }) => length === 1,
    );
    expect(test.clock.now().getTime() - startedAt).toBeGreaterThan(27 * HOUR);
    expect(dead).toMatchObject({
      id: receiver.received[0]!.id,
      type: 'user.created',
      state: 'dead',
      attempts: 13,
      nextAttemptAt: null,
      lastError: 'answered 503',
    });
    expect(await admin.deliveries(id, 'pending')).toEqual([]);
    expect(receiver.received).toHaveLength(13);
    expect(new Set(receiver.received.map((one) => `${one.id} ${one.text}`)).size).toBe(1);

    receiver.respond((response) => response.writeHead(200).end('thank you'));
    test.clock.advance(60_000);
    expect((await admin.call('POST', `/${id}/deliveries/${dead.id}/redeliver`)).status).toBe(204);
    await receiver.gets(14);
    expect(receiver.received.at(-1)).toMatchObject({ id: dead.id, body: { data: { userId } } });
    const left = async () => [...(await admin.deliveries(id, 'dead')), ...(await admin.deliveries(id, 'pending'))];
    expect(await eventually(left, ({ length }) => length === 0)).toEqual([]);
    expect((await admin.call('POST', `/${id}/deliveries/${dead.id}/redeliver`)).body.code).toBe('delivery_not_found');
  });

  it('gets what waited in order once it is back, and the rest with it', async () => {
    const id = await admin.register(receiver, '/back', { events: ['session.started', 'session.ended'] });
    receiver.respond((response, { path }) => response.writeHead(path === '/back' ? 500 : 204).end());
    const { id: userId } = await test.api.createUser();
    const sessions: string[] = [];
    for (let count = 0; count < 5; count++) sessions.push((await test.api.serviceLogin(userId)).body.session.id);
    await eventually(
      () => admin.deliveries(id, 'pending'),
      (all) => all.length === 9 && all.some((it) => it.lastError),
    );
    const count = receiver.received.length;
    receiver.respond((response) => response.writeHead(204).end());
    test.clock.advance(60_000);
    const left = await eventually(
      () => admin.deliveries(id, 'pending'),
      ({ length }) => length === 0,
    );
    expect(left).toEqual([]);
    const arrived = receiver.received.slice(count).filter(({ path }) => path === '/back');
    expect(arrived).toHaveLength(9);
    for (const session of sessions.slice(0, -1)) {
      const types = arrived.filter(({ body }) => body.data.session.id === session).map(({ body }) => body.type);
      expect(types).toEqual(['session.started', 'session.ended']);
    }
  });

  it('leaves nothing behind when it is removed', async () => {
    const id = await admin.register(receiver, '/gone', { events: ['user.created'] });
    receiver.respond((response) => response.writeHead(500).end());
    await test.api.createUser();
    await eventually(
      () => admin.deliveries(id, 'pending'),
      ([first]) => first?.lastError,
    );
    expect((await admin.call('DELETE', `/${id}`)).status).toBe(204);
    const again = await admin.register(receiver, '/gone', { events: ['user.created'] });
    expect(await admin.deliveries(again, 'pending')).toEqual([]);
  });
});

describe.each(ENGINES)('%s: a service that ends while it sends', (engine) => {
  it('lets what is on its way arrive, once', async () => {
    const store = newStore(engine);
    const receiver = await startReceiver();
    const first = await startApp(engine, SETTINGS, store);
    const admin = new WebhookAdmin(first.api, await adminToken(first.api));
    const id = await admin.register(receiver, '/late', { events: ['user.created'] });
    let closing: Promise<void> | undefined;
    receiver.respond((response) => {
      closing = first.close();
      setTimeout(() => response.writeHead(204).end(), 300);
    });
    await first.api.createUser();
    await receiver.gets(1);
    await closing;
    const second = await startApp(engine, SETTINGS, store);
    const after = new WebhookAdmin(second.api, await adminToken(second.api));
    expect(await after.deliveries(id, 'pending')).toEqual([]);
    expect(receiver.received).toHaveLength(1);
    await second.close();
    await receiver.close();
    await store.dispose();
  });
});
