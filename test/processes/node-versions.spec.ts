import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LAPTOP, PASSWORD, PHONE } from '../support/api.js';
import { startServer, type TestServer } from '../support/server.js';
import { newStore, type TestStore } from '../support/stores.js';

const CLIENT = fileURLToPath(new URL('../support/client-program.mjs', import.meta.url));

/** Other Nodes than the one that runs the tests, by path. `test/support/global-setup.js` says so where there are none. */
const NODES = (process.env.TEST_NODES ?? '').split(':').filter(Boolean);

const versionOf = (node: string) => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
const CASES = NODES.map((node) => ({ version: versionOf(node), node }));

(NODES.length > 0 ? describe : describe.skip).each(
  NODES.length > 0 ? CASES : [{ version: 'of another version', node: '' }],
)('Node $version', ({ version, node }) => {
  let store: TestStore;
  let server: TestServer;
  beforeAll(async () => {
    store = newStore('sqlite');
    server = await startServer(store, {}, node);
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await store.dispose();
  });

  it('runs the story: the first device is signed out at once and learns why, the second hears of the new device', async () => {
    const { api } = server;
    const { mobile } = await api.createUser();
    const laptop = (await api.login(mobile, LAPTOP)).body;
    const phone = (await api.login(mobile, PHONE)).body;
    expect((await api.current(laptop.token)).body).toMatchObject({
      status: 401,
      code: 'session_displaced',
      endedBy: { sessionId: phone.session.id, device: { name: 'Safari on iOS' } },
    });
    const inbox = await api.inbox(phone.token, (kinds) => kinds.length === 2);
    expect(inbox.map(({ kind }) => kind).sort()).toEqual(['new_device', 'session_displaced']);
  });

  it('runs the client, which hears over its socket why its session has ended', async () => {
    const { api } = server;
    const { mobile } = await api.createUser();
    const client = spawn(node, [CLIENT, api.url, mobile, PASSWORD], { stdio: ['ignore', 'pipe', 'inherit'] });
    const heard: unknown[] = [];
    for await (const line of createInterface(client.stdout)) {
      heard.push(JSON.parse(line));
      if (heard.length === 1) await api.login(mobile, PHONE);
    }
    expect(heard).toEqual(['connected', { node: version, reason: 'displaced', by: 'Safari on iOS' }]);
  });

  it('ends with exit code 0 and leaves no warning behind', async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.output()).not.toMatch(/warning|deprecat/i);
  });
});
