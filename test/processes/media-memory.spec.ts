import { existsSync, readFileSync } from 'node:fs';
import { filesOf, pictures, putAvatar } from '../support/pictures.js';
import { startServer, type TestServer } from '../support/server.js';
import { newStore, type TestStore } from '../support/stores.js';

const MB = 1024 * 1024;

/** Resident memory of a process, now and at most so far, in MB. */
function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Only Linux tells. */
const suite = existsSync('/proc/self/status') ? describe : describe.skip;

suite('sqlite: the memory that pictures take', () => {
  let store: TestStore;
  let server: TestServer;
  beforeAll(async () => {
    store = newStore('sqlite');
    server = await startServer(store, { SESSION_LIMIT: 'none' });
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    await store.dispose();
  });

  async function tokens(count: number): Promise<string[]> {
    const { id } = await server.api.createUser();
    return Promise.all(
      Array.from({ length: count }, async () => (await server.api.serviceLogin(id)).body.token as string),
    );
  }
  const put = (token: string, image: Buffer) => putAvatar(server.api, token, ['image', image]);

  it('stays small, whatever is sent and however many send it at once', async () => {
    const people = (await Promise.all([1, 2, 3, 4].map(() => tokens(3)))).flat();
    const before = memoryOf(server.process.pid!).now;
    const [bomb, photo] = [await pictures.bomb(), await pictures.largest()];
    const sent = [bomb, photo, Buffer.alloc(20 * MB, 0xff)];
    const statuses = new Set<number>();
    for (const image of sent) {
      for (const { status } of await Promise.all(people.map((token) => put(token, image)))) statuses.add(status);
    }
    expect([...statuses].sort()).toEqual([200, 413, 422, 503].filter((status) => statuses.has(status)));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 413, 422]));
    // Forms of 64 MiB and a queue of 80 MiB, each twice until it is collected, and two pictures of 48 million pixels.
    expect(memoryOf(server.process.pid!).most - before).toBeLessThan(800);
    expect((await put(people[0]!, await pictures.png())).status).toBe(200);
    expect(filesOf(store).length % 2).toBe(0);
    expect(filesOf(store).every((file) => file.endsWith('.webp'))).toBe(true);
    expect(server.output()).not.toContain('internal_error');
  }, 120_000);
});
