// Time from the answer of a displacing login to `session.ended` at the displaced device's socket. On one node; and with
// Redis given (TEST_REDIS_URL or REDIS_URL) on two: the socket on one, the login on the other. An event that arrives
// before the answer counts as 0.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { startBuilt } from '../scripts/server.mjs';

const DISPLACEMENTS = 1000;
const GOAL_MS = 20;
const SERVICE_KEY = randomBytes(24).toString('hex');

const redisUrl = process.env.TEST_REDIS_URL ?? process.env.REDIS_URL;

async function post(node, path, body) {
  const answer = await fetch(node.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Service ${SERVICE_KEY}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function connect(node, token) {
  const socket = io(node.url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

/** ms, two for each displacement: `here` holds the socket, `there` takes the login. */
async function displace(here, there) {
  const { id } = await post(there, '/v1/users', { username: `bench-${randomBytes(6).toString('hex')}` });
  const login = (node) =>
    post(node, '/v1/service/sessions', { user: { id }, userAgent: 'Bench/1.0', ipAddress: '203.0.113.7' });
  const times = [];
  let { token } = await login(there);
  for (let i = 0; i < DISPLACEMENTS; i++) {
    const socket = await connect(here, token);
    const ended = new Promise((resolve) => socket.once('session.ended', () => resolve(performance.now())));
    const sent = performance.now();
    ({ token } = await login(there));
    const answered = performance.now();
    const heard = await ended;
    times.push({ sinceAnswer: Math.max(0, heard - answered), sinceRequest: heard - sent });
    socket.disconnect();
  }
  return times;
}

function percentile(numbers, share) {
  return numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1];
}

/** Returns the p99 in ms. */
function report(title, times) {
  const print = (what, numbers) => {
    const [p50, p99, longest] = [0.5, 0.99, 1].map((share) => percentile(numbers, share).toFixed(1));
    console.log(`  ${what}  p50 ${p50} ms   p99 ${p99} ms   longest ${longest} ms`);
  };
  const sinceAnswer = times.map((time) => time.sinceAnswer);
  const before = sinceAnswer.filter((time) => time === 0).length;
  console.log(`${title}: ${before} of ${times.length} events came before the login's answer and count as 0`);
  print('since the login was answered', sinceAnswer);
  print(
    'since the login was sent    ',
    times.map((time) => time.sinceRequest),
  );
  return percentile(sinceAnswer, 0.99);
}

const folder = mkdtempSync(join(tmpdir(), 'oneseat-bench-'));
const settings = {
  DATABASE_FILE: join(folder, 'oneseat.db'),
  MONGODB_URI: process.env.MONGODB_URI ?? '',
  SERVICE_KEYS: `bench:${SERVICE_KEY}`,
  LOG_LEVEL: 'warn',
};
const nodes = [];
const start = async (more) => {
  nodes.push(await startBuilt({ ...settings, ...more }));
  return nodes.at(-1);
};

try {
  const alone = await start({ REDIS_URL: '' });
  process.exitCode = report('one node', await displace(alone, alone)) < GOAL_MS ? 0 : 1;
  if (redisUrl) {
    const [here, there] = [await start({ REDIS_URL: redisUrl }), await start({ REDIS_URL: redisUrl })];
    report('two nodes with Redis', await displace(here, there));
  } else console.log('two nodes: not measured: neither TEST_REDIS_URL nor REDIS_URL is set');
  console.log(`aim: p99 under ${GOAL_MS} ms on one node`);
} finally {
  for (const node of nodes) await node.end();
  rmSync(folder, { recursive: true, force: true });
}
