import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import type { Answer } from '../support/api.js';
import { Correspondence } from '../support/correspondence.js';
import { eventually } from '../support/eventually.js';
import { Ledger } from '../support/ledger.js';
import { MONGOD_INSTALLED, TestReplicaSet } from '../support/mongod.js';
import { startServer, type TestServer } from '../support/server.js';
import { byTier } from '../support/tier.js';
import { WatchedApi } from '../support/watched-api.js';

const KILLS = byTier({ quick: 0, full: 3, long: 30 });

/** ms for which a primary is frozen. After the first its successor has long been at work; the short ones end about when there is one. */
const FREEZES = byTier({
  quick: [],
  full: [15_000],
  long: [15_000, ...Array.from({ length: 20 }, () => randomInt(1500, 5000))],
});

/** ms between two logins on a node, whatever comes in between. The election alone takes two to three seconds. */
const RESUMED = 15_000;

const withMongod = MONGOD_INSTALLED ? describe : describe.skip;

withMongod('a MongoDB primary that goes while two nodes serve', () => {
  let set: TestReplicaSet;
  let nodes: [TestServer, TestServer];
  let uri: string;
  let media: string;

  beforeAll(async () => {
    set = await TestReplicaSet.start();
    media = mkdtempSync(join(tmpdir(), 'oneseat-'));
    uri = set.uri('oneseat');
    const settings = { MONGODB_URI: uri, MEDIA_DIR: media };
    const start = () => startServer({ settings, dispose: async () => undefined });
    nodes = await Promise.all([start(), start()]);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.end('SIGTERM')));
    rmSync(media, { recursive: true, force: true });
    await set.end();
  });

  /** Logins, uses, revocations and messages on both nodes, from before `trouble` until after it; then what they were answered is compared with what is there. */
  async function underLoad(trouble: (upon: Ledger) => Promise<void>): Promise<void> {
    const apis: [WatchedApi, WatchedApi] = [new WatchedApi(nodes[0].api.url), new WatchedApi(nodes[1].api.url)];
    const ledger = new Ledger({ ushers: 2, pause: 40, passwords: true });
    await ledger.begin(apis[0]);
    const messages = await Correspondence.begin(apis[1]);
    let over = false;
    const load = Promise.all([ledger.load(apis, () => over), messages.load(apis, () => over)]);
    try {
      await Promise.race([load, trouble(ledger)]);
    } finally {
      over = true;
    }
    await load;
    await ledger.check(nodes[0].api, true);
    await ledger.checkNotices(nodes[1].api);
    await messages.check(nodes[0].api);

    const { logins, revocations } = ledger.counts;
    expect(Math.min(logins, revocations, messages.count)).toBeGreaterThan(10);
    expect([...ledger.faults, ...messages.faults, ...apis.flatMap(({ faults }) => faults)]).toEqual([]);
    for (const { refusals, longestPause } of apis) {
      expect(refusals).toBeGreaterThan(0);
      expect(longestPause).toBeLessThan(RESUMED);
    }
  }

  it(
    `loses nothing that was acknowledged when it is killed, ${KILLS} times`,
    () =>
      underLoad(async (ledger) => {
        for (let kill = 0; kill < KILLS; kill++) {
          const primary = await set.primary();
          await answers(ledger, randomInt(100, 200));
          await primary.kill();
          await set.primary();
          await answers(ledger, 100);
          await primary.start();
          await set.untilComplete();
        }
      }),
    120_000 + KILLS * 40_000,
  );

  it(
    'lets nobody use what was ended meanwhile when it freezes and comes back',
    () =>
      underLoad(async (ledger) => {
        for (const frozen of FREEZES) {
          const primary = await set.primary();
          await answers(ledger, 100);
          primary.freeze();
          await delay(frozen);
          primary.thaw();
          await answers(ledger, 200);
          await set.untilComplete();
        }
      }),
    120_000 + FREEZES.length * 60_000,
  );

  it('acknowledges and shows nothing that it alone has: it would be gone with it', async () => {
    const { api } = nodes[0];
    const [asha, ravi] = [await api.createUser(), await api.createUser()];
    const { token, session } = (await api.serviceLogin(asha.id)).body;
    const write = (text: string) => api.post('/v1/messages', { token, body: { to: ravi.id, text } });
    const texts = async () => {
      const { body } = await api.get(`/v1/messages?with=${ravi.id}`, { token });
      return body.items.map((message: { text: string }) => message.text);
    };
    expect((await write('First')).status).toBe(201);
    const primary = await set.primary();
    const others = set.members.filter((member) => member !== primary);
    await Promise.all(others.map((member) => member.stopCopying()));

    await leaveOnPrimary({ text: 'First' }, { _id: randomUUID(), seq: 2, text: 'Never acknowledged' });
    expect(await texts()).toEqual(['First']);
    // The second finds that it has ended, and must not say so.
    const end = () => api.delete(`/v1/service/sessions/${session.id}`, { service: true });
    expect([(await end()).status, (await end()).status]).toEqual([503, 503]);
    expect((await api.serviceLogin(asha.id)).status).toBe(503);
    await primary.kill();
    await Promise.all(others.map((member) => member.copyAgain()));

    const { status } = await eventually(() => api.current(token), notRefused, RESUMED);
    expect(status).toBe(200);
    expect((await eventually(() => write('Second'), notRefused, RESUMED)).status).toBe(201);
    expect(await texts()).toEqual(['Second', 'First']);
    await primary.start();
    await set.untilComplete();
  }, 60_000);

  /** A message like the one named, as a node leaves it that has sent it and had no answer. */
  async function leaveOnPrimary(like: object, change: object): Promise<void> {
    const connection = await mongoose.createConnection(uri).asPromise();
    const messages = connection.collection('messages');
    const found = await messages.findOne(like);
    await messages.insertOne({ ...found, ...change }, { writeConcern: { w: 1 } });
    await connection.close();
  }
});

const notRefused = ({ status }: Answer) => status !== 503;

async function answers({ answers }: Ledger, count: number): Promise<void> {
  for (; count > 0; count--) await once(answers, 'answer');
}
