import { connect as connectTo } from 'node:net';
import { inspect } from 'node:util';
import type { Server } from 'socket.io';
import { Sockets } from '../../../src/realtime/index.js';
import { PASSWORD } from '../../support/api.js';
import { cookiesOf } from '../../support/cookies.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { sendRaw } from '../../support/raw-http.js';
import { connect, openSocket, refusal, TRANSPORTS } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const FRIEND = 'https://friend.example';
const STRANGER = 'https://evil.example';

describe.each(ENGINES)('%s: socket handshake', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, {
      CORS_ORIGINS: FRIEND,
      ALLOWED_HOSTS: 'app.example.com',
      TRUSTED_PROXIES: '127.0.0.1',
      SESSION_IDLE_TIMEOUT: '600',
    });
  });
  afterAll(() => test.close());

  async function newLogin() {
    const { id, mobile } = await test.api.createUser();
    const answer = await test.api.login(mobile);
    return { id, token: answer.body.token as string, cookie: `session=${cookiesOf(answer).get('session')!.value}` };
  }

  describe.each(TRANSPORTS)('over %s', (transport) => {
    const transports = [transport];
    const asked = (options: { token?: unknown; headers?: Record<string, string>; query?: Record<string, string> }) => ({
      transports,
      ...('token' in options && { auth: { token: options.token } }),
      extraHeaders: options.headers ?? {},
      query: options.query ?? {},
    });
    const refused = (options: Parameters<typeof asked>[0]) => refusal(test.url, asked(options));
    const accepted = async (options: Parameters<typeof asked>[0]) => {
      const { token, ...rest } = options;
      const socket = await connect(test.url, token as string, { ...asked(rest), auth: { token } });
      socket.close();
    };

    it('lets the token or the cookie of a live session in', async () => {
      const { token, cookie } = await newLogin();
      await accepted({ token });
      await accepted({ headers: { cookie } });
      const own = new URL(test.url).origin;
      await accepted({ headers: { cookie, origin: own, 'sec-fetch-site': 'same-origin' } });
      const proxied = { cookie, origin: 'https://app.example.com', 'x-forwarded-host': 'app.example.com' };
      await accepted({ headers: proxied });
    });

    it('keeps neither token nor cookie with the socket once it is in', async () => {
      const { token, cookie } = await newLogin();
      const authorization = `Bearer ${token}`;
      const socket = await connect(test.url, token, {
        ...asked({ headers: { cookie, authorization } }),
        auth: { token },
      });
      const { server } = test.app.get<unknown, { server: Server }>(Sockets);
      const held = server.sockets.sockets.get(socket.socket.id!)!;
      expect(held.handshake.headers.host).toBe(new URL(test.url).host);
      // Whatever can be reached from the socket, symbols and circles too.
      const dump = inspect([held.handshake, held.request, held.data], { depth: 20, showHidden: true });
      expect(dump).toContain(held.data.sessionId);
      for (const secret of [token, cookie, cookie.split('=')[1]!]) expect(dump).not.toContain(secret);
      socket.close();
    });

    it('refuses who shows nothing, or a token in the URL', async () => {
      const { token } = await newLogin();
      expect(await refused({})).toEqual({ code: 'authentication_required' });
      expect(await refused({ query: { token, auth: token } })).toEqual({ code: 'authentication_required' });
      expect(await refused({ headers: { cookie: 'session=' } })).toEqual({ code: 'authentication_required' });
    });

    it('refuses a wrong token, whatever else is shown', async () => {
      const { token, cookie } = await newLogin();
      const last = token.at(-1) === 'A' ? 'Q' : 'A';
      for (const wrong of [token.slice(0, -1) + last, 'x', 7, { $ne: '' }, ['x'], true])
        expect(await refused({ token: wrong, headers: { cookie } })).toEqual({ code: 'invalid_token' });
      for (const empty of ['', null, 0])
        expect(await refused({ token: empty, headers: { cookie } })).toEqual({ code: 'authentication_required' });
    });

    it('tells the bearer of an ended session why', async () => {
      const { id, token } = await newLogin();
      const { displaced } = (await test.api.serviceLogin(id, { deviceId: 'other' })).body;
      const { endedAt, endedBy } = displaced[0];
      expect(await refused({ token })).toEqual({ code: 'session_displaced', endedAt, endedBy });
    });

    it('refuses a foreign origin, cookie or token', async () => {
      const { token, cookie } = await newLogin();
      const foreign: Record<string, string>[] = [
        { origin: STRANGER },
        { origin: 'null' },
        { origin: STRANGER, 'x-forwarded-host': 'app.example.com' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ];
      for (const headers of foreign) {
        expect(await refused({ headers: { ...headers, cookie } })).toEqual({ code: 'cross_origin' });
        expect(await refused({ headers, token })).toEqual({ code: 'cross_origin' });
      }
    });

    it('refuses pages of a stranger’s name that points here, cookie or token', async () => {
      const { token, cookie } = await newLogin();
      const pages: Record<string, string>[] = [
        { 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' },
        { 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' },
        { 'x-forwarded-host': 'app.example.com, evil.example', origin: 'http://evil.example' },
      ];
      for (const headers of pages) {
        expect(await refused({ headers: { ...headers, cookie } })).toEqual({ code: 'host_not_allowed' });
        expect(await refused({ headers, token })).toEqual({ code: 'host_not_allowed' });
      }
    });

    it('lets an allowed origin in with its own token, never with the cookie', async () => {
      const { token, cookie } = await newLogin();
      const headers = { origin: FRIEND, 'sec-fetch-site': 'cross-site' };
      await accepted({ headers, token });
      expect(await refused({ headers: { ...headers, cookie } })).toEqual({ code: 'cross_origin' });
    });
  });

  it('counts as one use of the session, and heartbeats as none', async () => {
    const { token } = await newLogin();
    const seen = async () => {
      const { items } = (await test.api.get('/v1/sessions', { token })).body;
      return items[0].lastSeenAt as string;
    };
    const first = await seen();
    test.clock.advance(400_000);
    const socket = await connect(test.url, token);
    test.clock.advance(400_000);
    // Idle for 400 s since the handshake, for 800 s since the login.
    expect(new Date(await seen()).getTime() - new Date(first).getTime()).toBeGreaterThanOrEqual(399_000);
    test.clock.advance(601_000);
    const [ended] = await socket.hear('session.ended');
    expect(ended.reason).toBe('idle_timeout');
    await socket.hear('disconnect');
  });
});

describe('sqlite: a socket that does as it likes', () => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startApp('sqlite');
    const { id } = await test.api.createUser();
    ({ token } = (await test.api.serviceLogin(id)).body);
  });
  afterAll(() => test.close());

  it.each(TRANSPORTS)('is closed over %s when it floods', async (transport) => {
    const socket = await connect(test.url, token, { transports: [transport] });
    for (let i = 0; i < 30; i++) socket.socket.emit('anything', i);
    expect(await socket.socket.emitWithAck('anything')).toMatchObject({
      error: { code: 'unknown_event', status: 400 },
    });
    for (let i = 0; i < 100; i++) socket.socket.emit('anything', i);
    await socket.hear('disconnect');
  });

  it.each(TRANSPORTS)('is closed over %s by an event that is too large', async (transport) => {
    const socket = await connect(test.url, token, { transports: [transport] });
    expect(await socket.socket.emitWithAck('anything', 'x'.repeat(15_000))).toMatchObject({
      error: { code: 'unknown_event', status: 400 },
    });
    socket.socket.emit('anything', 'x'.repeat(20_000));
    await socket.hear('disconnect');
  });

  it('leaves the others alone, and the service up', async () => {
    const [calm, wild] = [await connect(test.url, token), await connect(test.url, token)];
    for (let i = 0; i < 200; i++) wild.socket.emit('anything', i);
    await wild.hear('disconnect');
    expect(await calm.socket.emitWithAck('anything')).toMatchObject({ error: { code: 'unknown_event', status: 400 } });
    expect((await test.api.current(token)).status).toBe(200);
    calm.close();
  });

  it('has at most twenty of a session: the oldest closes', async () => {
    const sockets = [];
    for (let i = 0; i < 21; i++) sockets.push(await connect(test.url, token));
    await sockets[0]!.hear('disconnect');
    const answers = sockets.slice(1).map(({ socket }) => socket.emitWithAck('anything'));
    expect(await Promise.all(answers)).toHaveLength(20);
    for (const socket of sockets) socket.close();
  });

  it('finds no other namespace', async () => {
    const { socket } = openSocket(`${test.url}/admin`, { auth: { token } });
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    expect(error.message).toBe('Invalid namespace');
    socket.disconnect();
  });

  it('leaves requests alone that would rather have another protocol', async () => {
    const asking = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAMAAABkAARAAAAAAAIAAAAA',
    };
    const ask = (method: string, path: string, body?: object) => {
      const headers = { ...asking, ...(body && { 'content-type': 'application/json' }) };
      return sendRaw(test.url, { method, path, headers, body: body && JSON.stringify(body) });
    };
    expect((await ask('GET', '/health/live')).status).toBe(200);
    expect(await ask('GET', '/v1/sessions')).toMatchObject({ status: 401, body: { code: 'authentication_required' } });
    const person = { username: `h2c${Date.now()}`, password: PASSWORD };
    expect((await ask('POST', '/v1/users', person)).status).toBe(201);
    const large = { username: 'x'.repeat(90_000), password: PASSWORD };
    expect(await ask('POST', '/v1/users', large)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('leaves them alone on one connection, with others before and behind them, and answers all in turn', async () => {
    const head = (line: string, more = '') => `${line} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
    const asking = head('GET /health/live', 'Connection: Upgrade\r\nUpgrade: h2c\r\n');
    const plain = head('GET /health/ready');
    const body = JSON.stringify({ identifier: 'nobody', password: PASSWORD });
    // Hashing takes longer than what comes behind.
    const slow = `${head('POST /v1/sessions', `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`)}${body}`;
    const upgrading = slow.replace('Host: x', 'Host: x\r\nConnection: Upgrade\r\nUpgrade: h2c');
    const statuses: [string[], number[]][] = [
      [
        [asking, plain],
        [200, 200],
      ],
      [
        [slow, asking, plain],
        [401, 200, 200],
      ],
      [
        [upgrading, asking, plain],
        [401, 200, 200],
      ],
      [
        [asking, asking, asking, plain],
        [200, 200, 200, 200],
      ],
      [
        [plain, asking, slow, asking],
        [200, 200, 401, 200],
      ],
    ];
    for (const [requests, expected] of statuses) {
      const socket = connectTo(Number(new URL(test.url).port), '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      socket.write(requests.join(''));
      const answers = async () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
      expect(await eventually(answers, ({ length }) => length >= expected.length)).toEqual(expected);
      socket.destroy();
    }
  });

  it('leaves them alone on one connection, one after the other', async () => {
    const socket = connectTo(Number(new URL(test.url).port), '127.0.0.1');
    const heard: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    const request = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
    const answers = async () => Buffer.concat(heard).toString().split('HTTP/1.1 200 OK').length - 1;
    for (let asked = 1; asked <= 20; asked++) {
      socket.write(request);
      expect(await eventually(answers, (count) => count >= asked)).toBe(asked);
    }
    socket.destroy();
  });
});
