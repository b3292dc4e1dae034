// Requests per second of the session check against the same application's constant JSON route, in interleaved slices of one
// run, so that a noisy machine disturbs both alike. Where `taskset` exists the server has one core and the load another.
import autocannon from 'autocannon';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuilt } from '../scripts/server.mjs';

const ROUNDS = 25;
const SLICE_SECONDS = 1;
const CONNECTIONS = 32;
const GOAL = 0.7;

const folder = mkdtempSync(join(tmpdir(), 'oneseat-bench-'));
const server = await startBuilt(
  { DATABASE_FILE: join(folder, 'oneseat.db'), MONGODB_URI: process.env.MONGODB_URI },
  { core: 0 },
);

async function post(path, body) {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function slice(path, headers = {}) {
  const result = await autocannon({
    url: server.url + path,
    headers,
    connections: CONNECTIONS,
    duration: SLICE_SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${path}: ${result.non2xx} non-2xx, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  const password = 'plum-Velvet-7-harbour';
  const identifier = `bench.${Date.now()}`;
  await post('/v1/users', { username: identifier, password });
  const { token } = await post('/v1/sessions', { identifier, password });
  const check = () => slice('/v1/sessions/current', { authorization: `Bearer ${token}` });
  const constant = () => slice('/health/live');

  await constant();
  await check();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ constant: await constant(), check: await check() });

  const constantRate = median(rounds.map((round) => round.constant));
  const checkRate = median(rounds.map((round) => round.check));
  const ratio = median(rounds.map((round) => round.check / round.constant));
  console.log(`constant route  ${Math.round(constantRate)} requests/s`);
  console.log(`session check   ${Math.round(checkRate)} requests/s`);
  console.log(`ratio           ${(ratio * 100).toFixed(0)} %   (aim: at least ${GOAL * 100} % on SQLite)`);
  process.exitCode = ratio >= GOAL ? 0 : 1;
} finally {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}
