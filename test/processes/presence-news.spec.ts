import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { REDIS_INSTALLED, TestRedis, untilListening } from '../support/redis.js';
import { startServer } from '../support/server.js';
import { connect, type TestSocket } from '../support/sockets.js';
import { ENGINES, newStore } from '../support/stores.js';
import type { Api } from '../support/api.js';

const open: TestSocket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

const connected = async ({ url }: { url: string }, token: string) => {
  const socket = await connect(url, token);
  open.push(socket);
  return socket;
};
const someone = async (api: Api) => {
  const { id } = await api.createUser();
  return { id, token: (await api.serviceLogin(id)).body.token as string };
};
const watch = ({ socket }: TestSocket, userIds: unknown): Promise<any> =>
  socket.timeout(5000).emitWithAck('presence.watch', { userIds });
const states = ({ heard }: TestSocket) => heard.filter(([event]) => event === 'presence').map(([, news]) => news);

describe.each(ENGINES)('%s: who watches somebody', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: '3' });
  });
  afterAll(() => test.close());

  it('is told who is there, who comes, and who goes', async () => {
    const [asha, ravi, lea] = await Promise.all([someone(test.api), someone(test.api), someone(test.api)]);
    for (const other of [ravi, lea]) await test.api.acquaint(asha, other);
    const [hers, stranger] = [await connected(test, asha.token), await connected(test, lea.token)];
    expect(await watch(hers, [ravi.id, lea.id, randomUUID()])).toEqual({ online: [lea.id] });
    const his = await connected(test, ravi.token);
    expect(await hers.hear('presence')).toEqual([{ userId: ravi.id, online: true }]);
    const since = performance.now();
    his.close();
    const gone = await hers.hear('presence', 2);
    expect(gone.at(-1)).toEqual({ userId: ravi.id, online: false });
    expect(performance.now() - since).toBeGreaterThan(2500);
    expect(states(stranger)).toEqual([]);
  });

  it('hears nothing of a page that is loaded anew, nor of a second device', async () => {
    const [asha, ravi, lea] = await Promise.all([someone(test.api), someone(test.api), someone(test.api)]);
    for (const other of [ravi, lea]) await test.api.acquaint(asha, other);
    const hers = await connected(test, asha.token);
    const phone = (await test.api.serviceLogin(ravi.id, { deviceId: 'phone' })).body.token;
    const before = await connected(test, ravi.token);
    expect(await watch(hers, [ravi.id, lea.id])).toEqual({ online: [ravi.id] });
    before.close();
    await connected(test, phone);
    await connected(test, ravi.token);
    const mark = await connected(test, lea.token);
    mark.close();
    // The mark's end comes when that of the page would have been told.
    await hers.hear('presence', 2);
    expect(states(hers)).toEqual([
      { userId: lea.id, online: true },
      { userId: lea.id, online: false },
    ]);
  });

  it('watches only whom it named last, and nobody once its session has ended', async () => {
    const [asha, ravi, lea] = await Promise.all([someone(test.api), someone(test.api), someone(test.api)]);
    for (const other of [ravi, lea]) await test.api.acquaint(asha, other);
    const hers = await connected(test, asha.token);
    await watch(hers, [ravi.id]);
    expect(await watch(hers, [lea.id])).toEqual({ online: [] });
    await connected(test, ravi.token);
    await connected(test, lea.token);
    await hers.hear('presence');
    expect(states(hers)).toEqual([{ userId: lea.id, online: true }]);
    await test.api.delete('/v1/sessions/current', { token: asha.token });
    await hers.hear('disconnect');
  });

  it('learns nothing of somebody who has not written to them, whatever they write themselves', async () => {
    const [thief, asha, ravi] = await Promise.all([someone(test.api), someone(test.api), someone(test.api)]);
    await test.api.acquaint(thief, ravi);
    const message = { token: thief.token, body: { to: asha.id, text: 'Hello?' } };
    expect((await test.api.post('/v1/messages', message)).status).toBe(201);
    const his = await connected(test, thief.token);
    const hers = await connected(test, asha.token);
    expect(await watch(his, [asha.id, ravi.id, thief.id])).toEqual({ online: [thief.id] });
    hers.close();
    await connected(test, asha.token);
    // What would have been told of her comes before what is told of him.
    await connected(test, ravi.token);
    await his.hear('presence');
    expect(states(his)).toEqual([{ userId: ravi.id, online: true }]);
  });

  it('names people by their ids, 200 at most, and not all the time', async () => {
    const { token } = await someone(test.api);
    const socket = await connected(test, token);
    const many = Array.from({ length: 200 }, () => randomUUID());
    for (const wrong of [[...many, randomUUID()], ['x'], [{ $ne: '' }], 'x', null, undefined, { 0: 'x' }]) {
      expect(await watch(socket, wrong)).toMatchObject({ error: { code: 'validation_failed', status: 400 } });
    }
    expect(await watch(socket, many)).toEqual({ online: [] });
    expect(await watch(socket, [])).toEqual({ online: [] });
    const answers = await Promise.all(Array.from({ length: 4 }, () => watch(socket, many)));
    expect(answers).toContainEqual({ error: expect.objectContaining({ code: 'too_many_messages', status: 429 }) });
  });
});

(REDIS_INSTALLED ? it : it.skip)(
  'sqlite: who watches somebody on another node is told, also when that node dies',
  async () => {
    const [redis, store] = [await TestRedis.start(), newStore('sqlite')];
    const settings = { REDIS_URL: redis.url };
    const [one, other] = await Promise.all([startServer(store, settings), startServer(store, settings)]);
    await untilListening(redis.url, 2);
    const [asha, ravi] = [await someone(one.api), await someone(one.api)];
    await one.api.acquaint(asha, ravi);
    const hers = await connected(one.api, asha.token);
    expect(await watch(hers, [ravi.id])).toEqual({ online: [] });
    await connected(other.api, ravi.token);
    await eventually(
      async () => states(hers).at(-1),
      (news) => news?.online,
    );
    expect(states(hers).at(-1)).toEqual({ userId: ravi.id, online: true });
    await other.end('SIGKILL');
    const last = await eventually(
      async () => states(hers).at(-1),
      (news) => !news?.online,
      30_000,
    );
    expect(last).toEqual({ userId: ravi.id, online: false });
    await one.end('SIGTERM');
    await redis.end();
    await store.dispose();
  },
  60_000,
);
