import { LAPTOP, PASSWORD } from '../../support/api.js';
import { SERVICE_KEY, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { readOperations, type Operation } from '../../support/openapi.js';
import { goodRequest, type Person } from '../../support/people.js';
import { sendRaw } from '../../support/raw-http.js';
import { share } from '../../support/tier.js';

const HTTPS = 'https://accounts.example.com';
const FRIEND = 'https://app.example.com';
const NONE: Record<string, string> = {};
const JSON_TYPE = { 'content-type': 'application/json' };

const operations = await readOperations();
const unsafe = operations
  .filter(({ method }) => method !== 'GET')
  .map((operation, index): [string, Operation, number] => [operation.name, operation, index]);

async function logIn({ api }: TestApp) {
  const { id, mobile } = await api.createUser();
  const answer = await api.login(mobile);
  return { id, mobile, answer, token: answer.body.token as string, cookies: cookiesOf(answer) };
}

const nobody: Person = {
  ...{ id: '01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f', mobile: '+919012345678', displayName: '', token: '', ticket: '' },
  ...{ otherSessionId: 'x', otherDeviceId: 'x', noticeId: 'x' },
};
const send = async (test: TestApp, operation: Operation, headers: Record<string, string>) => {
  const { method, path } = goodRequest(operation, nobody);
  return (await sendRaw(test.url, { method, path, headers: { ...JSON_TYPE, ...headers }, body: '{}' })).body.code;
};

/** One application at a time: passport knows one strategy per process. */
function startedWith(settings: Readonly<Record<string, string>> = {}): { test: TestApp } {
  const started = {} as { test: TestApp };
  beforeAll(async () => {
    started.test = await startApp('sqlite', settings);
  });
  afterAll(() => started.test.close());
  return started;
}

describe('on http', () => {
  const started = startedWith();

  describe('cookies', () => {
    it('carry the bare names and no Secure on http', async () => {
      const { cookies } = await logIn(started.test);
      expect([...cookies.keys()].sort()).toEqual(['device', 'session']);
      for (const { attributes } of cookies.values()) {
        expect(attributes).toEqual(expect.arrayContaining(['httponly', 'path=/', 'samesite=lax']));
        expect(attributes).not.toContain('secure');
      }
    });

    it('go with the logout', async () => {
      const { token } = await logIn(started.test);
      const { status, headers } = await started.test.api.delete('/v1/sessions/current', {
        headers: { cookie: `session=${token}` },
      });
      expect(status).toBe(204);
      const cleared = cookiesOf({ headers }).get('session')!;
      expect(cleared.value).toBe('');
      expect(cleared.attributes).toContain('expires=thu, 01 jan 1970 00:00:00 gmt');
    });

    it.each([
      ['DELETE', '/v1/sessions/current', 401],
      ['POST', '/logout', 200],
      ['POST', '/api/auth/logout', 200],
    ])('go with a logout of a session that has ended already: %s %s', async (method, path, status) => {
      const { id, token } = await logIn(started.test);
      for (const dead of [token, 'ost_garbage']) {
        await started.test.api.serviceLogin(id);
        const answer = await started.test.api.call(method, path, { headers: { cookie: `session=${dead}` } });
        expect(answer.status).toBe(status);
        expect(cookiesOf(answer).get('session')!.value).toBe('');
      }
      // A page that only asks is still told why its session has ended.
      const asked = await started.test.api.get('/v1/sessions/current', { headers: { cookie: `session=${token}` } });
      expect(asked.body.code).toBe('session_displaced');
      expect(asked.headers.getSetCookie()).toEqual([]);
    });

    it.each([
      ['DELETE', (id: string) => `/v1/sessions/${id}`],
      ['DELETE', () => '/v1/sessions'],
    ])('go with the session that the person ends: %s', async (method, pathOf) => {
      const { token, answer } = await logIn(started.test);
      const cookie = `session=${token}`;
      const ended = await started.test.api.call(method, pathOf(answer.body.session.id), { headers: { cookie } });
      expect(cookiesOf(ended).get('session')!.value).toBe('');
    });

    it('last as long as the session may, by Max-Age as well as by Expires', async () => {
      const { cookies, answer } = await logIn(started.test);
      const attributes = cookies.get('session')!.attributes;
      const lasts = Date.parse(answer.body.session.expiresAt) - started.test.clock.now().getTime();
      const maxAge = Number(attributes.find((one) => one.startsWith('max-age='))!.split('=')[1]);
      expect(Math.abs(maxAge - lasts / 1000)).toBeLessThan(60);
      expect(attributes.some((one) => one.startsWith('expires='))).toBe(true);
    });

    it('of another person end that session, when a login takes their place', async () => {
      const [before, own] = [await logIn(started.test), await logIn(started.test)];
      const { api } = started.test;
      const over = (token: string) => ({ headers: { cookie: `session=${token}` } });
      expect((await api.login(before.mobile, LAPTOP, { ...over(own.token), password: 'wrong' })).status).toBe(401);
      expect((await api.current(own.token)).status).toBe(200);
      const { body } = await api.login(before.mobile, LAPTOP, over(own.token));
      expect((await api.current(own.token)).body.code).toBe('session_logged_out');
      expect((await api.current(body.token)).status).toBe(200);
      // A dead one, and one that never was, are in nobody's way.
      for (const dead of [own.token, 'ost_garbage'])
        expect((await api.login(own.mobile, LAPTOP, over(dead))).status).toBe(201);
    });

    it('are not set by a refused login', async () => {
      const { mobile } = await logIn(started.test);
      const refused = await started.test.api.login(mobile, 'x', { password: `not ${PASSWORD}` });
      expect(refused.status).toBe(401);
      expect(refused.headers.getSetCookie()).toEqual([]);
    });

    it('give way to Authorization of a scheme of ours, whatever that holds', async () => {
      const { token } = await logIn(started.test);
      const ask = async (authorization: string, cookie: string) => {
        const headers = { authorization, cookie: `session=${cookie}` };
        const { status, body } = await started.test.api.get('/v1/sessions/current', { headers });
        return body.code ?? status;
      };
      expect(await ask(`Bearer ${token}`, 'ost_garbage')).toBe(200);
      expect(await ask('Bearer ost_garbage', token)).toBe('invalid_token');
      for (const own of ['Bearer', 'bearer', 'Service', `Service ${SERVICE_KEY}`])
        expect(await ask(own, token)).toBe('authentication_required');
      for (const proxys of ['Basic YTpi', 'Negotiate YII', 'Digest username="a"', 'Token x', 'Bearers x', ''])
        expect(await ask(proxys, token)).toBe(200);
    });

    it('are the only other place for a token: not the query, not the body', async () => {
      const { token } = await logIn(started.test);
      for (const path of [`?token=${token}`, `?access_token=${token}`, `?session=${token}`]) {
        expect((await started.test.api.get(`/v1/sessions/current${path}`)).status).toBe(400);
      }
      expect((await started.test.api.post('/v1/sessions/current/refresh', { body: { token } })).status).toBe(401);
    });
  });

  describe('the cross-origin rule', () => {
    it.each(unsafe)('holds for %s', async (_, operation, index) => {
      const sites: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: `${started.test.url}.evil.example` },
        { origin: started.test.url.replace(/\d+$/, '1') },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: started.test.url, 'sec-fetch-site': 'cross-site' },
      ];
      const foreign = [NONE, { authorization: 'Bearer ost_any' }].flatMap((authorization) =>
        sites.map((site) => ({ ...site, ...authorization })),
      );
      for (const headers of share(foreign, index, 5)) {
        const code = await send(started.test, operation, headers);
        expect({ headers, code }).toEqual({ headers, code: 'cross_origin' });
      }
      const own: Record<string, string>[] = [
        {},
        { origin: started.test.url },
        { 'sec-fetch-site': 'same-origin' },
        { 'sec-fetch-site': 'none' },
      ];
      for (const headers of share(own, index, 4))
        expect(await send(started.test, operation, headers)).not.toBe('cross_origin');
    });

    it.each(unsafe)('holds for a stranger’s name that points here, for %s', async (_, operation, index) => {
      const { port } = new URL(started.test.url);
      const pages = [`evil.example:${port}`, 'evil.example', `127.0.0.1.nip.io:${port}`].flatMap((host) => {
        const sites: Record<string, string>[] = [
          { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
          { origin: `http://${host}`, authorization: 'Bearer ost_any' },
          { 'sec-fetch-site': 'same-origin' },
        ];
        return sites.map((site) => ({ host, ...site }));
      });
      for (const headers of share(pages, index, 3)) {
        const code = await send(started.test, operation, headers);
        expect({ headers, code }).toEqual({ headers, code: 'host_not_allowed' });
      }
      const host = `localhost:${port}`;
      const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      expect(await send(started.test, operation, own)).not.toBe('host_not_allowed');
    });

    it('changes nothing before it refuses', async () => {
      const { token, mobile } = await logIn(started.test);
      const headers = { origin: 'https://evil.example', cookie: `session=${token}` };
      expect((await started.test.api.delete('/v1/sessions', { headers })).status).toBe(403);
      const login = await started.test.api.login(mobile, 'x', { headers: { origin: 'https://evil.example' } });
      expect(login.status).toBe(403);
      expect(login.headers.getSetCookie()).toEqual([]);
      expect((await started.test.api.current(token)).status).toBe(200);
    });

    it('lets no other origin read an answer', async () => {
      const { headers } = await started.test.api.get('/v1/users/me', { headers: { origin: 'https://evil.example' } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    });
  });

  describe('headers', () => {
    it.each([
      ['a page', '/docs'],
      ['the document', '/openapi.json'],
      ['an answer', '/health/live'],
      ['a refusal', '/v1/users/me'],
      ['a path that is none', '/v1/nothing'],
    ])('keep %s from being sniffed, stored or scripted, and name the request', async (_, path) => {
      const { headers, body } = await sendRaw(started.test.url, { method: 'GET', path });
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      const directives = String(headers['content-security-policy']).split(';');
      const scripts = directives.filter((directive) => /^(script-src|default-src)/.test(directive.trim()));
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.join()).not.toMatch(/unsafe-|\*|https?:|data:/);
      expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
      if (Number(body.status) >= 400) expect(body.requestId).toBe(headers['x-request-id']);
      expect(headers['x-powered-by']).toBeUndefined();
    });

    it('are there for a path that cannot be decoded, too', async () => {
      const { headers, body } = await sendRaw(started.test.url, { method: 'GET', path: '/v1/users/%zz' });
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
      expect(headers['x-request-id']).toBe(body.requestId);
    });

    it('take no request id from outside', async () => {
      const headers = { 'x-request-id': 'mine', 'request-id': 'mine' };
      expect((await started.test.api.get('/health/live', { headers })).headers.get('x-request-id')).not.toBe('mine');
    });

    it('leave the page at /docs working: it has no inline script', async () => {
      const { body } = await sendRaw(started.test.url, { method: 'GET', path: '/docs' });
      expect(body).toMatch(/<script[^>]* src=/);
      expect(body).not.toMatch(/<script(?![^>]* src=)[^>]*>[^<]*\S/);
      expect(body).not.toMatch(/ on(load|click|error)=/);
    });
  });
});

describe('on https, with an origin that is let in', () => {
  const started = startedWith({ PUBLIC_URL: HTTPS, CORS_ORIGINS: FRIEND });

  describe('cookies', () => {
    it('are Secure and bound to the host', async () => {
      const { cookies, token } = await logIn(started.test);
      expect([...cookies.keys()].sort()).toEqual(['__Host-device', '__Host-session']);
      for (const { attributes } of cookies.values()) {
        expect(attributes).toEqual(expect.arrayContaining(['httponly', 'path=/', 'samesite=lax', 'secure']));
        expect(attributes.filter((attribute) => attribute.startsWith('domain'))).toEqual([]);
      }
      expect(cookies.get('__Host-session')!.value).toBe(token);
    });

    it('open a session under their own name alone', async () => {
      const { token } = await logIn(started.test);
      const ask = async (name: string) =>
        (await started.test.api.get('/v1/sessions/current', { headers: { cookie: `${name}=${token}` } })).status;
      expect([await ask('__Host-session'), await ask('session')]).toEqual([200, 401]);
    });
  });

  describe('the cross-origin rule', () => {
    it.each(unsafe)('knows its own origin by PUBLIC_URL for %s', async (_, operation, index) => {
      expect(await send(started.test, operation, { origin: HTTPS })).not.toBe('cross_origin');
      const foreign = [started.test.url, HTTPS.replace('https', 'http'), `${HTTPS}:8443`, `${HTTPS}/`];
      for (const origin of share(foreign, index, 4)) {
        expect(await send(started.test, operation, { origin })).toBe('cross_origin');
      }
    });

    /** Without a cookie: they give none to another origin either. */
    const open = ['POST /login', 'POST /logout'];

    it.each(open)('lets an allowed origin, and no other one, in without Authorization for %s', async (name) => {
      const operation = operations.find((one) => one.name === name)!;
      const site = { 'sec-fetch-site': 'cross-site' };
      expect(await send(started.test, operation, { origin: FRIEND, ...site })).not.toBe('cross_origin');
      const refused: Record<string, string>[] = [site, { origin: 'https://evil.example', ...site }, { origin: 'null' }];
      for (const sister of ['same-site', 'cross-site'])
        refused.push({ origin: FRIEND, 'sec-fetch-site': sister, cookie: '__Host-session=ost_any' });
      for (const headers of refused) {
        const code = await send(started.test, operation, headers);
        expect({ headers, code }).toEqual({ headers, code: 'cross_origin' });
      }
    });

    const closed = unsafe.filter(([name]) => !open.includes(name));
    it.each(closed)('lets an allowed origin in with Authorization alone for %s', async (_, operation, index) => {
      const site = { 'sec-fetch-site': 'cross-site' };
      const authorization = 'Bearer ost_any';
      expect(await send(started.test, operation, { origin: FRIEND, ...site, authorization })).not.toBe('cross_origin');
      const refused: Record<string, string>[] = [
        { origin: FRIEND, ...site },
        { origin: FRIEND, ...site, cookie: '__Host-session=ost_any' },
        { ...site, authorization },
      ];
      for (const headers of share(refused, index, 3)) {
        const code = await send(started.test, operation, headers);
        expect({ headers, code }).toEqual({ headers, code: 'cross_origin' });
      }
    });

    it('lets allowed origins alone read an answer, and not one that cookies have got', async () => {
      const ask = async (origin: string) => {
        const { headers } = await started.test.api.get('/v1/users/me', { headers: { origin } });
        return [headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')];
      };
      expect(await ask('https://evil.example')).toEqual([null, null]);
      expect(await ask('null')).toEqual([null, null]);
      expect(await ask(FRIEND)).toEqual([FRIEND, null]);
    });
  });
});
