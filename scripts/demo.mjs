// Plays the story over HTTP against a service of its own, on a temporary file: run `npm run demo` and read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startBuilt } from './server.mjs';

const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

const folder = mkdtempSync(join(tmpdir(), 'oneseat-demo-'));
const serviceKey = randomBytes(24).toString('hex');
const server = await startBuilt({
  DATABASE_FILE: join(folder, 'oneseat.db'),
  MONGODB_URI: '',
  SERVICE_KEYS: `demo:${serviceKey}`,
  LOG_LEVEL: 'warn',
});

/** Sends a request, prints it and its answer, shortened to what the story is about, and returns the whole answer. */
async function say(heading, method, path, { body, token, userAgent, service, show = (answer) => answer }) {
  console.log(`\n${heading}\n  → ${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}`);
  const answer = await fetch(server.url + path, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(userAgent && { 'user-agent': userAgent }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(service && { authorization: `Service ${serviceKey}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = text === '' ? undefined : JSON.parse(text);
  const shown = json === undefined ? '' : JSON.stringify(show(json), null, 2).replaceAll('\n', '\n    ');
  console.log(`  ← ${answer.status} ${shown}`);
  return json;
}

try {
  const password = 'plum-Velvet-7-harbour';
  const credentials = { identifier: '9012345678', password };
  const showLogin = ({ token, session, displaced, newDevice }) => ({
    token: `${token.slice(0, 12)}…`,
    session: { id: session.id, device: session.device.name },
    displaced: displaced.map(({ id, endReason }) => ({ id, endReason })),
    newDevice,
  });

  await say('1. A person is created by mobile number.', 'POST', '/v1/users', {
    body: { mobile: '9012345678', password, displayName: 'Asha (demo)' },
    show: ({ id, mobile, displayName }) => ({ id, mobile, displayName }),
  });
  const laptop = await say('2. She logs in on her laptop.', 'POST', '/v1/sessions', {
    body: credentials,
    userAgent: LAPTOP,
    show: showLogin,
  });
  const phone = await say(
    '3. Then on her phone: one live session, so the laptop is signed out.',
    'POST',
    '/v1/sessions',
    {
      body: credentials,
      userAgent: PHONE,
      show: showLogin,
    },
  );
  await say('4. The laptop is refused at its next request, and learns why.', 'GET', '/v1/sessions/current', {
    token: laptop.token,
    show: ({ status, code, detail, endedAt, endedBy }) => ({
      status,
      code,
      detail,
      endedAt,
      endedBy: endedBy.device.name,
    }),
  });
  await say('5. The phone finds the notices in the inbox.', 'GET', '/v1/notifications?unread=true', {
    token: phone.token,
    show: ({ items, unread }) => ({ unread, items: items.map(({ kind, device }) => ({ kind, device: device.name })) }),
  });
  await say('6. Another backend ends the session by its id.', 'DELETE', `/v1/service/sessions/${phone.session.id}`, {
    service: true,
  });
  await say('7. The phone is refused as well.', 'GET', '/v1/sessions/current', {
    token: phone.token,
    show: ({ status, code, detail, endedAt }) => ({ status, code, detail, endedAt }),
  });
} finally {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}
