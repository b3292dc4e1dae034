// Messages per second from sending to receipt, for pairs of people who write back and forth on one node: each writes as
// soon as the other's message has come, so that every pair has one on its way. On SQLite, and where MONGODB_URI is given on
// MongoDB too. Clients and server share the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { startBuilt } from '../scripts/server.mjs';

const PAIRS = 100;
const WARM_UP_MS = 3000;
const MEASURED_MS = 15_000;
const SERVICE_KEY = randomBytes(24).toString('hex');

async function post(node, path, body) {
  const answer = await fetch(node.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Service ${SERVICE_KEY}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function newPerson(node) {
  const { id } = await post(node, '/v1/users', { username: `bench-${randomBytes(6).toString('hex')}` });
  const login = { user: { id }, userAgent: 'Bench/1.0', ipAddress: '203.0.113.7' };
  const { token } = await post(node, '/v1/service/sessions', login);
  const socket = io(node.url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { id, socket };
}

/** Two people who answer each other until `stop` says so; notes what each message took. */
function converse(one, other, times, stop) {
  const text = 'Are you coming? I wait at the station until six.';
  let sentAt = 0;
  const send = (from, to) => {
    sentAt = performance.now();
    from.socket.emit('message.send', { to: to.id, text, key: randomBytes(12).toString('hex') }, (answer) => {
      if (answer.error?.status === 429) times.refused++;
      if (answer.error) setTimeout(() => send(from, to), 100);
    });
  };
  const answerTo = (me, them) => (message) => {
    if (message.to !== me.id) return;
    times.received.push(performance.now() - sentAt);
    if (!stop()) send(me, them);
  };
  one.socket.on('message.created', answerTo(one, other));
  other.socket.on('message.created', answerTo(other, one));
  send(one, other);
}

function report(title, { received, refused }, seconds) {
  const sorted = received.toSorted((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((share) => sorted[Math.ceil(sorted.length * share) - 1].toFixed(1));
  const rate = Math.round(received.length / seconds);
  console.log(`${title.padEnd(8)} ${rate} messages/s from sending to receipt   p50 ${p50} ms   p99 ${p99} ms`);
  if (refused > 0) console.log(`         ${refused} were refused as too fast and sent again`);
}

async function measure(title, settings) {
  const node = await startBuilt({
    SERVICE_KEYS: `bench:${SERVICE_KEY}`,
    LOG_LEVEL: 'warn',
    REDIS_URL: '',
    ...settings,
  });
  try {
    const pairs = [];
    for (let i = 0; i < PAIRS; i++) pairs.push([await newPerson(node), await newPerson(node)]);
    const times = { received: [], refused: 0 };
    let stopped = false;
    for (const [one, other] of pairs) converse(one, other, times, () => stopped);
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
    Object.assign(times, { received: [], refused: 0 });
    const since = performance.now();
    await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
    stopped = true;
    report(title, times, (performance.now() - since) / 1000);
    for (const { socket } of pairs.flat()) socket.disconnect();
  } finally {
    await node.end();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'oneseat-bench-'));
console.log(`${PAIRS} pairs, one node`);
try {
  await measure('SQLite', { DATABASE_FILE: join(folder, 'oneseat.db'), MONGODB_URI: '' });
  if (process.env.MONGODB_URI) await measure('MongoDB', { MONGODB_URI: process.env.MONGODB_URI });
  else console.log('MongoDB: not measured: MONGODB_URI is not set');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
