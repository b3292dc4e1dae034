import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { DirectMessages } from '../../src/delivery/index.js';
import { PASSWORD, PHONE } from '../support/api.js';
import { startApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { addMany, countLeft } from '../support/many.js';
import { startServer, type TestServer } from '../support/server.js';
import { startSmtp } from '../support/smtp.js';
import { newStore } from '../support/stores.js';
import { byTier } from '../support/tier.js';

/** What is on its way gets 3 s, codes get 2 s after that; the rest is time for a slow machine. */
const IN_TIME = 8000;

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
});

it('sqlite: a production service without providers says at its start that codes reach nobody', async () => {
  const store = newStore('sqlite');
  const production = { NODE_ENV: 'production', ARGON2_MEMORY: '', SERVICE_KEYS: randomBytes(24).toString('hex') };
  const server = await startServer(store, production);
  servers.push(server);
  await server.end('SIGTERM');
  expect(server.output()).toMatch(/"level":40.*SMS_WEBHOOK_URL/);
  expect(server.output()).toMatch(/"level":40.*SMTP_URL/);

  const test = await startApp('sqlite', production, store);
  const codes = test.app.get(DirectMessages);
  expect([codes.canReach('mobile'), codes.canReach('email')]).toEqual([false, false]);
  const message = { subject: 'Your code', text: 'Your code is 123456.', html: '' };
  const sent = codes.send('mobile', '+919012345678', message, randomUUID(), new AbortController().signal);
  await expect(sent).rejects.toThrow('canReach');
  await test.close();
  await store.dispose();
});

it('sqlite: the service ends in time while the mail server hangs, and what was on its way is sent later', async () => {
  const smtp = await startSmtp();
  const store = newStore('sqlite');
  const server = await startServer(store, smtp.settings);
  servers.push(server);
  const { api } = server;
  const email = `asha${randomInt(2 ** 40)}@example.com`;
  const { id } = await api.createUser({ email, password: undefined });
  const { token } = (await api.serviceLogin(id)).body;
  const askForCode = () => api.post('/v1/codes', { body: { identifier: email, purpose: 'verify' } });
  await askForCode();
  const code = /\d{6}/.exec((await smtp.received(1))[0]!.text!)![0];
  expect((await api.post('/v1/users/me/verify', { token, body: { code } })).status).toBe(200);

  smtp.fallSilent();
  await api.serviceLogin(id, { userAgent: PHONE });
  await smtp.ignored(1);
  const other = `ravi${randomInt(2 ** 40)}@example.com`;
  await api.createUser({ email: other });
  await api.post('/v1/codes', { body: { identifier: other, purpose: 'verify' } });
  await smtp.ignored(2);

  const since = performance.now();
  expect(await server.end('SIGTERM')).toBe(0);
  expect(performance.now() - since).toBeLessThan(IN_TIME);
  expect(server.output()).not.toMatch(/MaxListeners|unhandled/i);
  await smtp.close();

  const working = await startSmtp();
  const next = await startServer(store, working.settings);
  servers.push(next);
  const mails = await working.received(1);
  expect(mails.map(({ subject }) => subject)).toEqual(['Oneseat: New device signed in, another one was signed out']);
  expect(await next.end('SIGTERM')).toBe(0);
  await working.close();
  await store.dispose();
});

const MANY = byTier({ quick: 30_000, full: 10_000, long: 100_000 });
it(`sqlite: the service ends at once while somebody is erased who has ${MANY} messages, and the next one finishes it`, async () => {
  const store = newStore('sqlite');
  const server = await startServer(store, { SESSION_LIMIT: 'none' });
  servers.push(server);
  const { api } = server;
  const [{ id }, other] = [await api.createUser(), (await api.createUser()).id];
  const { token } = (await api.serviceLogin(id)).body;
  await addMany(store, 'messages', id, other, MANY);
  const body = { currentPassword: PASSWORD };
  expect((await api.delete('/v1/users/me', { token, body })).status).toBe(204);
  const left = () => countLeft(store, 'messages');
  expect(await eventually(left, (count) => count < MANY)).toBeLessThan(MANY);

  const since = performance.now();
  expect(await server.end('SIGTERM')).toBe(0);
  expect(performance.now() - since).toBeLessThan(3000);
  expect(await left()).toBeGreaterThan(0);

  const next = await startServer(store);
  servers.push(next);
  expect(await eventually(left, (count) => count === 0, 60_000)).toBe(0);
  expect(await next.end('SIGTERM')).toBe(0);
  await store.dispose();
});
