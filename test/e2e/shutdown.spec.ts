import { afterEach, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { PHONE } from '../support/api.js';
import { startServer, type TestServer } from '../support/server.js';
import { startSmtp } from '../support/smtp.js';
import { newStore } from '../support/stores.js';

/** What is on its way gets 3 s, codes get 2 s after that; the rest is time for a slow machine. */
const IN_TIME = 8000;

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
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
  await smtp.ignored(2);
  const other = `ravi${randomInt(2 ** 40)}@example.com`;
  await api.createUser({ email: other });
  await api.post('/v1/codes', { body: { identifier: other, purpose: 'verify' } });
  await smtp.ignored(3);

  const since = performance.now();
  expect(await server.end('SIGTERM')).toBe(0);
  expect(performance.now() - since).toBeLessThan(IN_TIME);
  expect(server.output()).not.toMatch(/MaxListeners|unhandled/i);
  await smtp.close();

  const working = await startSmtp();
  const next = await startServer(store, working.settings);
  servers.push(next);
  const mails = await working.received(2);
  expect(mails.map(({ subject }) => subject).sort()).toEqual([
    'New device signed in',
    'You were signed out on another device',
  ]);
  expect(await next.end('SIGTERM')).toBe(0);
  await working.close();
  await store.dispose();
});
