import type { Api } from '../support/api.js';
import { ADMIN, startApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/clock.js';
import { persist } from '../support/cluster.js';
import { eventually, passing } from '../support/eventually.js';
import { adminToken } from '../support/people.js';
import { startReceiver, type Received, type Receiver } from '../support/receiver.js';
import { startServer, type TestServer } from '../support/server.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';
import { WebhookAdmin } from '../support/webhooks.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, WEBHOOK_ALLOW_PRIVATE: 'true' };
const PEOPLE = 4;
const LOGINS = 4;

/** The first arrival of each event, in order, as `session.ended <session>`. */
function firstArrivals(received: readonly Received[]): string[] {
  return [...new Set(received.map(({ body }) => `${body.type} ${body.data.session.id}`))];
}

describe.each(ENGINES)('%s: a webhook whose target is down while the service is killed', (engine) => {
  let store: TestStore;
  let receiver: Receiver;
  let server: TestServer;
  let successor: TestApp | null = null;
  const receivers: Receiver[] = [];
  beforeEach(async () => {
    store = newStore(engine);
    receivers.push((receiver = await startReceiver()));
    server = await startServer(store, SETTINGS);
  });
  afterEach(async () => {
    await server.end('SIGKILL');
    await successor?.close();
    await Promise.all(receivers.map((one) => one.close()));
  });
  afterAll(() => store.dispose());

  it('gets each event once the target is back, under one id and in order of the session', async () => {
    const admin = new WebhookAdmin(server.api, await adminToken(server.api));
    await admin.register(receiver, '/hook', { events: ['session.started', 'session.ended'] });
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => server.api.createUser()));
    const expected: string[] = [];
    /** Each login displaces the one before. */
    const logIn = async (api: Api, ids: readonly string[]) => {
      await Promise.all(
        ids.map(async (id) => {
          for (let count = 0; count < LOGINS; count++) {
            const { status, body } = await persist(() => api.serviceLogin(id));
            expect(status).toBe(201);
            expected.push(`session.started ${body.session.id}`);
            for (const { id: ended } of body.displaced) expected.push(`session.ended ${ended}`);
          }
        }),
      );
    };
    const ids = people.map(({ id }) => id);

    // Some tries hang when the process dies, others were refused, and the last events have not been looked at.
    receiver.respond(() => undefined);
    await logIn(server.api, ids);
    await receiver.gets(1, '/hook');
    const seenBefore = [...receiver.received];
    const { port } = receiver;
    await receiver.close();
    await logIn(server.api, ids);
    await server.end('SIGKILL');

    // In this process: so its time can be moved past the pauses between tries, and past what the killed one had claimed.
    const clock = new TestClock();
    successor = await startApp(engine, SETTINGS, store, clock);
    await logIn(successor.api, ids);
    const secrets = receiver.secretOf('/hook');
    receivers.push((receiver = await startReceiver({ port, clock })));
    receiver.verify('/hook', secrets);

    // The administrator's own login may come too, where it is handed on after the webhook stands.
    const ours = (received: readonly Received[]) => firstArrivals(received).filter((name) => expected.includes(name));
    // Slowly enough that no try runs into its deadline.
    const read = passing(clock, 100, async () => ours(receiver.received));
    const arrived = await eventually(read, ({ length }) => length >= expected.length, 60_000);
    expect([...arrived].sort()).toEqual([...expected].sort());
    for (const ended of arrived.filter((name) => name.startsWith('session.ended'))) {
      const started = ended.replace('ended', 'started');
      expect(arrived.indexOf(started)).toBeLessThan(arrived.indexOf(ended));
    }
    const idOf = new Map<string, Set<string>>();
    for (const { id, body } of [...seenBefore, ...receiver.received]) {
      const name = `${body.type} ${body.data.session.id}`;
      if (expected.includes(name)) idOf.set(name, (idOf.get(name) ?? new Set()).add(id));
    }
    expect([...idOf.values()].filter(({ size }) => size !== 1)).toEqual([]);
    expect(new Set([...idOf.values()].flatMap((ids) => [...ids])).size).toBe(expected.length);
    expect(receiver.forged).toEqual([]);
  }, 150_000);
});
