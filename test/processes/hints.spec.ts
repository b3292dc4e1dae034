import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { KeyStore } from '../../src/common/index.js';
import { hintKey, seal, type Envelope, type HintKey } from '../../src/realtime/sealed-hint.js';
import { PASSWORD, PHONE } from '../support/api.js';
import { cookiesOf } from '../support/cookies.js';
import { eventually } from '../support/eventually.js';
import { REDIS_INSTALLED, TestRedis, untilListening } from '../support/redis.js';
import { startServer, type TestServer } from '../support/server.js';
import { connect, type TestSocket } from '../support/sockets.js';
import { openStorage } from '../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';

const CHANNEL = 'oneseat:hints';
const IP = '198.51.100.23';

(REDIS_INSTALLED ? describe : describe.skip).each(ENGINES)('%s: who has reached Redis', (engine) => {
  let redis: TestRedis;
  let store: TestStore;
  let nodes: TestServer[];
  let attacker: Redis;
  let key: HintKey;
  /** Everything that any connection has sent to Redis, from the start. */
  const written: string[] = [];
  let monitor: Redis;
  beforeAll(async () => {
    redis = await TestRedis.start();
    attacker = new Redis(redis.url);
    monitor = await attacker.monitor();
    monitor.on('monitor', (_, command: string[]) => written.push(command.join(' ')));
    store = newStore(engine);
    const settings = { REDIS_URL: redis.url, SESSION_LIMIT: '2', LOG_LEVEL: 'info' };
    nodes = await Promise.all([startServer(store, settings), startServer(store, settings)]);
    await untilListening(redis.url, 2);
    const storage = await openStorage(store);
    key = hintKey(await storage.context.get(KeyStore).getOrCreate('hints', 'unused'));
    await storage.close();
  });
  afterAll(async () => {
    monitor.disconnect();
    attacker.disconnect();
    expect(await Promise.all(nodes.map((node) => node.end('SIGTERM')))).toEqual([0, 0]);
    await redis.end();
    await store.dispose();
  });

  async function someone(node = nodes[0]!) {
    const { id } = await node.api.createUser();
    const { token, session } = (await node.api.serviceLogin(id, { deviceId: 'laptop', ipAddress: IP })).body;
    return { id, token: token as string, sessionId: session.id as string, socket: await connect(node.api.url, token) };
  }
  const events = ({ heard }: TestSocket) => heard.map(([event]) => event);

  /** What both nodes have dropped, by reason. */
  async function dropped(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { api } of nodes) {
      const { body } = await api.get('/metrics');
      for (const [, reason, count] of (body as string).matchAll(
        /^oneseat_hints_dropped_total\{reason="(\w+)"\} (\d+)/gm,
      ))
        counts[reason!] = (counts[reason!] ?? 0) + Number(count);
    }
    return counts;
  }
  const more = (after: Record<string, number>, before: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(after).flatMap(([reason, count]) =>
        count > (before[reason] ?? 0) ? [[reason, count - (before[reason] ?? 0)]] : [],
      ),
    );

  const enveloped = (hint: unknown, changes: object = {}) =>
    ({ node: randomUUID(), seq: 1, at: Date.now(), hint, ...changes }) as unknown as Envelope;

  it('gets nothing heard by anybody that is forged, stale, replayed or misshapen, and each is counted', async () => {
    const [asha, ravi] = [await someone(), await someone(nodes[1])];
    const typing = { about: 'typing', from: asha.id, to: ravi.id };
    const authentic = seal(key, enveloped(typing));
    const stolen = seal(hintKey('not the key of this store'), enveloped(typing));
    const before = await dropped();
    const attacks = {
      unknown_key: [stolen],
      forged: [authentic.replace(asha.id, randomUUID()), seal({ ...key, secret: 'guessed' }, enveloped(typing))],
      stale: [
        seal(key, enveloped(typing, { at: Date.now() - 31_000 })),
        seal(key, enveloped(typing, { at: Date.now() + 31_000 })),
      ],
      misshapen: [
        ...['', 'typing', JSON.stringify(typing), `${key.id}.${JSON.stringify(enveloped(typing))}`, '\0'.repeat(100)],
        seal(key, enveloped({ ...typing, text: 'hello' })),
        seal(key, enveloped({ about: 'session.ended', userId: ravi.id, id: { $ne: '' } })),
        seal(key, enveloped({ about: 'disconnectSockets', userId: ravi.id, id: ravi.id })),
      ],
      too_large: [
        seal(key, enveloped({ about: 'presence.asked', question: randomUUID(), people: 'a'.repeat(20_000) })),
      ],
    };
    for (const text of Object.values(attacks).flat()) await attacker.publish(CHANNEL, text);
    const expected = Object.fromEntries(Object.entries(attacks).map(([reason, texts]) => [reason, 2 * texts.length]));
    const found = await eventually(
      async () => more(await dropped(), before),
      (counts) => JSON.stringify(Object.entries(counts).sort()) === JSON.stringify(Object.entries(expected).sort()),
    );
    expect(found).toEqual(expected);

    // What a node has said itself is heard once, however often it is said again.
    await attacker.publish(CHANNEL, authentic);
    expect(await ravi.socket.hear('typing')).toEqual([{ from: asha.id }]);
    for (let i = 0; i < 3; i++) await attacker.publish(CHANNEL, authentic);
    const replayed = await eventually(
      async () => more(await dropped(), before).replayed,
      (count) => count === 6,
    );
    expect(replayed).toBe(6);
    expect(events(ravi.socket)).toEqual(['typing']);
    for (const { socket } of [asha, ravi]) socket.close();
  });

  it('ends no session by saying that it has ended, nor tells of a message that was not written', async () => {
    const [asha, ravi] = [await someone(), await someone(nodes[1])];
    // Authentic ones even, as if a node were mistaken: what they are about is read from the store.
    for (const hint of [
      { about: 'session.ended', userId: ravi.id, id: ravi.sessionId },
      { about: 'message.created', from: asha.id, to: ravi.id, seq: 1 },
      { about: 'notification.created', userId: ravi.id, id: randomUUID() },
      { about: 'message.read', id: randomUUID() },
    ])
      await attacker.publish(CHANNEL, seal(key, enveloped(hint)));
    await attacker.publish(CHANNEL, seal(key, enveloped({ about: 'typing', from: asha.id, to: ravi.id })));
    await ravi.socket.hear('typing');
    expect((await nodes[1]!.api.current(ravi.token)).status).toBe(200);
    expect(ravi.socket.socket.connected).toBe(true);
    expect(events(ravi.socket).filter((event) => !['typing', 'session.started'].includes(event))).toEqual([]);
    for (const { socket } of [asha, ravi]) socket.close();
  });

  it('commands no node by the words of socket.io, and keeps none busy', async () => {
    const { socket, token } = await someone();
    const before = nodes.map(({ process }) => cpuOf(process.pid!));
    const commands = [5, 6, 7, 8].map((type) =>
      JSON.stringify({ uid: 'x', type, data: { opts: { rooms: [], except: [] } } }),
    );
    for (const command of commands) await attacker.publish('oneseat:sockets#/#', command);
    await attacker.xadd('oneseat:sockets', '*', 'nothing', 'here');
    await attacker.publish(CHANNEL, commands[0]!);
    const since = Date.now();
    await eventually(
      async () => Date.now() - since,
      (ms) => ms > 2000,
    );
    expect(socket.socket.connected).toBe(true);
    expect((await nodes[0]!.api.current(token)).status).toBe(200);
    // Of two seconds; a node that reads the same entry again and again takes most of them.
    for (const [index, { process }] of nodes.entries()) expect(cpuOf(process.pid!) - before[index]!).toBeLessThan(1);
    socket.close();
  });

  it('finds no token, cookie, address or name in anything that has crossed it', async () => {
    const [first, second] = [nodes[0]!.api, nodes[1]!.api];
    const displayName = 'Asha of the demo';
    const { id, mobile } = await first.createUser({ displayName, email: 'asha.demo@example.com' });
    const laptop = await first.login(mobile);
    const cookies = cookiesOf(laptop);
    const here = await connect(first.url, laptop.body.token);
    const phone = (await second.serviceLogin(id, { deviceId: 'phone', userAgent: PHONE, ipAddress: IP })).body;
    const there = await connect(second.url, phone.token);
    const ravi = await someone(nodes[1]);
    await second.acquaint({ id, token: phone.token }, ravi);
    await there.socket.emitWithAck('typing', { to: ravi.id });
    const message = { to: ravi.id, text: 'Between you and me', key: 'key-of-hers' };
    const sent = (await there.socket.emitWithAck('message.send', message)).message;
    await ravi.socket.socket.emitWithAck('message.read', { with: id, upTo: sent.id });
    await here.hear('message.read');
    expect((await second.get(`/v1/users/${id}/presence`, { token: ravi.token })).body.online).toBe(true);
    const third = (await second.serviceLogin(id, { deviceId: 'tablet', ipAddress: IP })).body;
    await here.hear('disconnect');

    const all = written.join('\n');
    for (const about of ['session.started', 'session.ended', 'typing', 'message.created', 'message.read', 'presence'])
      expect(all).toMatch(new RegExp(`about\\W+${about}\\W`));
    const secrets = [laptop.body.token, phone.token, third.token, ravi.token, key.secret, PASSWORD, message.text]
      .concat([message.key, mobile, mobile.slice(3), displayName, 'asha.demo', IP, '127.0.0.1', 'Safari', 'Firefox'])
      .concat([...cookies.values()].map(({ value }) => value));
    for (const secret of secrets) expect(all).not.toContain(secret);
    for (const socket of [here, there, ravi.socket]) socket.close();
  });
});

/** Seconds of processor time that the process has taken. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
