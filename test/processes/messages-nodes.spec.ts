import { Redis } from 'ioredis';
import { Oneseat, type Message } from '../../src/client/index.js';
import { ChatClient, type ChatMessage } from '../support/chat.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { REDIS_INSTALLED, TestRedis, untilListening } from '../support/redis.js';
import { startServer, type TestServer } from '../support/server.js';
import { connect } from '../support/sockets.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';

const EACH = 120;

const withRedis = REDIS_INSTALLED ? describe : describe.skip;

withRedis.each(ENGINES)('%s: messages between two nodes', (engine) => {
  let redis: TestRedis;
  let store: TestStore;
  let ports: number[];
  let nodes: TestServer[];
  const start = (index: number) =>
    startServer(store, { REDIS_URL: redis.url, PORT: String(ports[index]), SESSION_IDLE_TIMEOUT: '600' });
  beforeAll(async () => {
    redis = await TestRedis.start();
    store = newStore(engine);
    ports = [await freePort(), await freePort()];
    nodes = [await start(0), await start(1)];
    await untilListening(redis.url, 2);
  });
  afterAll(async () => {
    const codes = await Promise.all(nodes.map((node) => node.end('SIGTERM')));
    await redis.end();
    await store.dispose();
    expect(codes).toEqual([0, 0]);
  });

  async function someone() {
    const { api } = nodes[0]!;
    const { id } = await api.createUser();
    return { id, token: (await api.serviceLogin(id)).body.token as string };
  }

  /** Ends the second node and starts it anew on the same port. */
  async function restart(signal: NodeJS.Signals): Promise<void> {
    await nodes[1]!.end(signal);
    nodes[1] = await start(1);
  }

  it('arrive once and in order, every one that was acknowledged, while a node stops and is killed', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const ends = [
      new ChatClient(nodes[0]!.api.url, asha.token, ravi.id),
      new ChatClient(nodes[1]!.api.url, ravi.token, asha.id),
    ];
    const acknowledged: ChatMessage[] = [];
    const write = async (chat: ChatClient, name: string) => {
      for (let count = 0; count < EACH; count++) {
        const text = `${name} ${count}`;
        const message = await chat.send(text, `${name}-${count}`);
        expect(message.text).toBe(text);
        acknowledged.push(message);
      }
    };
    const writing = Promise.all([write(ends[0]!, 'asha'), write(ends[1]!, 'ravi')]);
    await ends[1]!.until(EACH / 4, 10_000);
    await restart('SIGTERM');
    await ends[1]!.until(EACH, 10_000);
    await restart('SIGKILL');
    await writing;
    for (const chat of ends) await chat.until(2 * EACH, 5000);

    const all = ends[0]!.taken;
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    expect(all).toHaveLength(2 * EACH);
    expect(ends[1]!.taken).toEqual(all);
    // Each text was stored once, though some were sent more than once, and each person's in the order of writing.
    for (const [{ id }, name] of [[asha, 'asha'] as const, [ravi, 'ravi'] as const]) {
      const texts = all.filter(({ from }) => from === id).map(({ text }) => text);
      expect(texts).toEqual(Array.from({ length: EACH }, (_, count) => `${name} ${count}`));
    }
    const byId = new Map(all.map((message) => [message.id, message]));
    for (const message of acknowledged) expect(byId.get(message.id)).toEqual(message);
    // A node hands on each message once and in order, to whatever connection there is.
    expect(ends[1]!.heard.length).toBeGreaterThanOrEqual(3);
    for (const numbers of ends.flatMap(({ heard }) => heard))
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    // Not everything was asked for: the most came by itself.
    expect(ends[0]!.heard.flat().length).toBeGreaterThan(1.5 * EACH);
    for (const chat of ends) chat.close();
  });

  it('reach the sockets of the other node at once, with what is read and who types', async () => {
    const [asha, ravi] = [await someone(), await someone()];
    const here = await connect(nodes[0]!.api.url, asha.token);
    const there = await connect(nodes[1]!.api.url, ravi.token);
    await nodes[0]!.api.acquaint(asha, ravi);
    await there.hear('message.created', 2);
    const client = new Redis(redis.url);
    const monitor = await client.monitor();
    const lines: string[] = [];
    monitor.on('monitor', (_, command: string[]) => lines.push(command.join(' ')));

    expect(await here.socket.emitWithAck('typing', { to: ravi.id })).toEqual({});
    expect(await there.hear('typing')).toEqual([{ from: asha.id }]);
    const given = { to: ravi.id, text: 'Between you and me', key: 'key-of-hers' };
    const { message } = await here.socket.emitWithAck('message.send', given);
    expect((await there.hear('message.created', 3)).at(-1)).toEqual(message);
    expect(await there.socket.emitWithAck('message.read', { with: asha.id, upTo: message.id })).toEqual({});
    const [read] = await here.hear('message.read');
    expect(read).toEqual({ by: ravi.id, with: asha.id, upTo: message.id, readAt: expect.any(String) });
    expect(await there.hear('message.read')).toEqual([read]);

    const written = lines.join('\n');
    for (const id of [asha.id, ravi.id, message.id]) expect(written).toContain(id);
    for (const secret of [given.text, given.key, asha.token, ravi.token]) expect(written).not.toContain(secret);
    monitor.disconnect();
    client.disconnect();
    for (const socket of [here, there]) socket.close();
  });

  it.each<[what: string, away: () => unknown, back: () => unknown]>([
    ['gone', () => redis.end(), () => redis.start()],
    ['frozen', () => redis.freeze(), () => redis.thaw()],
  ])('that were sent while Redis was %s arrive when it is back, without another', async (_, away, back) => {
    const [asha, ravi] = [await someone(), await someone()];
    const here = await connect(nodes[0]!.api.url, asha.token);
    const there = new Oneseat({ baseUrl: nodes[1]!.api.url, token: ravi.token });
    const heard: Message[] = [];
    (await there.connect()).on('message.created', (message) => heard.push(message));
    const send = async (text: string): Promise<Message> => {
      const answer = await here.socket.emitWithAck('message.send', { to: ravi.id, text, key: text });
      expect(answer).toEqual({ message: expect.anything() });
      return answer.message;
    };
    const sent = [await send('before')];
    const arrived = (count: number) =>
      eventually(
        async () => heard.length,
        (found) => found === count,
      );
    await arrived(1);
    const timesAway = async () => nodes[0]!.output().split('Redis is away').length - 1;
    const before = await timesAway();
    await away();
    sent.push(await send('meanwhile'), await send('meanwhile-too'));
    expect(heard).toEqual(sent.slice(0, 1));
    // The node that has something to say notices.
    await eventually(timesAway, (times) => times > before);
    await back();
    await here.hear('messages.missed');
    await arrived(3);
    expect(heard).toEqual(sent);
    await untilListening(redis.url, 2);
    sent.push(await send('after'));
    await arrived(4);
    expect(heard).toEqual(sent);
    here.close();
    await there.logOut();
  });
});
