// How long a login takes while webhooks go to a target that is dead, against the same service without any: in interleaved
// slices of one run, so that a noisy machine disturbs both alike. One target refuses connections, one accepts and is mute.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuilt } from '../scripts/server.mjs';

const ROUNDS = 15;
const SLICE = 40;
const KEY = 'bench-key-bench-key-bench-key-bench-key';
const ADMIN = { username: 'bench.admin', password: 'granite-Lantern-42-orchard' };

const folder = mkdtempSync(join(tmpdir(), 'oneseat-bench-'));
const mute = createServer((socket) => socket.on('error', () => socket.destroy()));
await new Promise((resolve) => mute.listen(0, '127.0.0.1', resolve));
const refusing = createServer();
await new Promise((resolve) => refusing.listen(0, '127.0.0.1', resolve));
const refusingPort = refusing.address().port;
await new Promise((resolve) => refusing.close(resolve));

const server = await startBuilt({
  DATABASE_FILE: join(folder, 'oneseat.db'),
  MONGODB_URI: process.env.MONGODB_URI,
  SERVICE_KEYS: KEY,
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
  WEBHOOK_ALLOW_PRIVATE: 'true',
  LOG_LEVEL: 'error',
});

async function call(method, path, body, authorization) {
  const answer = await fetch(server.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

try {
  const { token } = await call('POST', '/v1/sessions', { identifier: ADMIN.username, password: ADMIN.password });
  const admin = `Bearer ${token}`;
  const password = 'plum-Velvet-7-harbour';
  const user = await call('POST', '/v1/users', { username: `bench.${Date.now()}`, password }, `Service ${KEY}`);
  const webhooks = [];
  for (const port of [mute.address().port, refusingPort]) {
    webhooks.push(
      await call('POST', '/v1/admin/webhooks', { url: `http://127.0.0.1:${port}/`, enabled: false }, admin),
    );
  }
  const turn = async (enabled) => {
    for (const { id } of webhooks) await call('PATCH', `/v1/admin/webhooks/${id}`, { enabled }, admin);
  };
  const kinds = {
    'password login': () => call('POST', '/v1/sessions', { identifier: user.username, password }),
    'service login': () =>
      call(
        'POST',
        '/v1/service/sessions',
        { user: { id: user.id }, userAgent, ipAddress: '203.0.113.7' },
        `Service ${KEY}`,
      ),
  };

  /** Median ms of one login. */
  const slice = async (logIn) => {
    const times = [];
    for (let count = 0; count < SLICE; count++) {
      const started = performance.now();
      await logIn();
      times.push(performance.now() - started);
    }
    return median(times);
  };

  for (const [name, logIn] of Object.entries(kinds)) {
    await slice(logIn);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      await turn(false);
      const without = await slice(logIn);
      await turn(true);
      rounds.push({ without, dead: await slice(logIn) });
    }
    const [without, dead] = [median(rounds.map((it) => it.without)), median(rounds.map((it) => it.dead))];
    const ratio = median(rounds.map((it) => it.dead / it.without));
    console.log(
      `${name.padEnd(15)} without webhooks ${without.toFixed(2)} ms · two dead targets ${dead.toFixed(2)} ms · ratio ${ratio.toFixed(2)}`,
    );
  }
} finally {
  await server.end();
  mute.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
