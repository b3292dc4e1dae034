import { randomInt, randomUUID } from 'node:crypto';
import { LAPTOP, PASSWORD, SERVICE_KEY } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { eventually } from '../../support/eventually.js';
import { adminToken } from '../../support/people.js';
import { sendRaw } from '../../support/raw-http.js';
import { connect, type TestSocket } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const FRIEND = 'https://app.example.com';
const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, CORS_ORIGINS: FRIEND };

/** What the clients of the five documents read and send, found by putting them before this service. */
describe.each(ENGINES)('%s: the earlier APIs, beside their originals,', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
  });
  afterAll(() => test.close());

  const someone = async () => {
    const name = `n${randomUUID().slice(0, 12)}`;
    const email = `${name}@example.com`;
    const body = { fullName: `Asha ${name}`, email, password: PASSWORD };
    const answer = await test.api.post('/api/auth/signup', { body, headers: { 'user-agent': LAPTOP } });
    expect(answer.status).toBe(201);
    return { name, email, id: answer.body._id as string, token: cookiesOf(answer).get('session')!.value, answer };
  };
  const logIn = (body: object, headers = {}) => test.api.post('/login', { body, headers });

  describe('tell errors in words', () => {
    it.each([
      ['POST', '/login', { email: 'nobody@example.com', password: 'wrong' }, 401, 'detail'],
      ['POST', '/login', { email: 'nobody', password: 'wrong' }, 400, 'email must be an email'],
      ['POST', '/register', { username: 'a' }, 400, /^username must start with a letter/],
      ['POST', '/api/auth/signup', { fullName: '', email: 'x', password: PASSWORD }, 400, /^fullName must have/],
      ['POST', '/api/auth/login', {}, 400, /^email must be/],
      ['GET', '/api/auth/check', undefined, 401, 'detail'],
      ['GET', '/api/messages/users', undefined, 401, 'detail'],
      ['GET', '/protected', undefined, 401, 'detail'],
      ['GET', '/allSessions', undefined, 401, 'detail'],
      ['POST', '/createUser', {}, 401, 'detail'],
      ['POST', '/sessions/x/actions', {}, 401, 'detail'],
      ['POST', '/login', '{', 400, 'detail'],
    ])('at %s %s with %j', async (method, path, body, status, words) => {
      const { status: answered, body: problem } = await test.api.call(method, path, { body });
      expect(answered).toBe(status);
      expect(problem.error).toBe(problem.message);
      if (words === 'detail') expect(problem.message).toBe(problem.detail);
      else expect(problem.message).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
    });

    it('and leave the problems of the present API as they are', async () => {
      const { body } = await test.api.post('/v1/sessions', { body: {} });
      expect(body).not.toHaveProperty('message');
      expect(body).not.toHaveProperty('error');
    });

    it('also where another origin is refused', async () => {
      const { body } = await test.api.post('/createUser', { body: {}, headers: { origin: 'https://evil.example' } });
      expect(body).toMatchObject({ code: 'cross_origin', message: body.detail, error: body.detail });
    });
  });

  describe('take forms', () => {
    const post = (path: string, body: string, headers = {}) =>
      sendRaw(test.url, {
        method: 'POST',
        path,
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const asService = { authorization: `Service ${SERVICE_KEY}` };

    it('at the calls of 000 and 002', async () => {
      const mobile = `98${randomInt(10_000_000, 99_999_999)}`;
      const created = await post('/createUser', `mobile=${mobile}&username=Savings+Bank%C3%A9`, asService);
      expect(created).toMatchObject({ status: 201, body: { user: { mobile, user_name: 'Savings Banké' } } });
      const { session_id: sessionId } = created.body;
      expect((await post('/update', `sessionId=${sessionId}`, asService)).status).toBe(200);
      expect((await post('/invalidateSession', `sessionKey=${sessionId}`, asService)).status).toBe(200);
      const { email } = await someone();
      const login = await post('/login', new URLSearchParams({ email, password: PASSWORD }).toString());
      expect(login).toMatchObject({ status: 200, body: { message: 'Login successful' } });
      const own = { authorization: `Bearer ${login.body.access_token}` };
      expect((await post('/logout', '', own)).status).toBe(200);
    });

    it.each([
      ['bytes that are no UTF-8', '/login', 'email=%E4&password=x', 400, 'invalid_encoding'],
      ['a broken escape', '/login', 'email=%4&password=x', 400, 'invalid_encoding'],
      ['a field twice', '/login', 'email=a@example.com&email=b@example.com', 400, 'validation_failed'],
      ['a field of another name', '/login', 'email=a@example.com&password=x&role=admin', 400, 'validation_failed'],
      ['an inherited name', '/login', '__proto__=x', 400, 'invalid_json'],
      ['NUL', '/login', 'email=a%00', 400, 'invalid_json'],
      ['too much', '/login', `email=${'a'.repeat(20_000)}`, 413, 'body_too_large'],
      ['a call that takes none', '/v1/sessions', 'identifier=a&password=x', 415, 'unsupported_media_type'],
      ['a call of another document', '/register', 'username=a', 415, 'unsupported_media_type'],
    ])('but none with %s', async (_, path, body, status, code) => {
      expect(await post(path, body)).toMatchObject({ status, body: { code } });
    });

    it('but none in another charset, nor of another site', async () => {
      const type = { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' };
      expect((await post('/login', 'email=a@example.com&password=x', type)).status).toBe(415);
      for (const site of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
        expect((await post('/login', 'email=a@example.com&password=x', site)).body.code).toBe('cross_origin');
    });
  });

  describe('express practice', () => {
    it('knows a device by its clientMAC', async () => {
      const { email, id } = await someone();
      const { displayName: nickname } = (await test.api.get(`/v1/service/users?email=${email}`, { service: true }))
        .body;
      const byService = (clientMAC: string) =>
        test.api.post('/login', { service: true, body: { email, nickname, clientMAC } });
      const [first, again, other] = [
        await byService('02:42:ac:11:00:02'),
        await byService('02:42:ac:11:00:02'),
        await byService('02:42:ac:11:00:03'),
      ];
      const deviceOf = async ({ body }: { body: any }) =>
        (await test.api.get(`/v1/service/users/${id}/sessions?state=all`, { service: true })).body.items.find(
          (session: { id: string }) => session.id === body.sessionId,
        ).device.id;
      expect(await deviceOf(again)).toBe(await deviceOf(first));
      expect(await deviceOf(other)).not.toBe(await deviceOf(first));
      expect((await byService('x'.repeat(65))).body.errors).toMatchObject([{ field: 'clientMAC' }]);
    });

    it('names whose session it is, and when it was used, as its clients do', async () => {
      const { email, token, name } = await someone();
      const [session] = (await test.api.get('/allcurrentSession', { token })).body;
      expect(session).toMatchObject({ nickname: `Asha ${name}`, email, lastAccessed: session.lastAccess });
      expect((await test.api.get('/allCurrentSessions', { token })).body[0].sessionId).toBe(session.sessionId);
      expect((await test.api.get('/welcome')).body).toMatchObject({ autor: 'Oneseat', author: 'Oneseat' });
      expect(await test.api.delete('/deleteAllSessions', { token })).toMatchObject({ status: 200, body: { ended: 1 } });
      expect((await test.api.current(token)).status).toBe(401);
    });
  });

  describe('session tracking', () => {
    it('logs out of a session that has ended already, by its own token, and clears the cookie', async () => {
      const { email } = await someone();
      const first = (await logIn({ email, password: PASSWORD })).body;
      await logIn({ email, password: PASSWORD });
      const body = { session_id: first.session_id };
      const answer = await test.api.post('/logout', { body, headers: { cookie: `session=${first.access_token}` } });
      expect(answer).toMatchObject({
        status: 200,
        body: { success: true, session: { sessionId: first.session_id, status: 'ended' } },
      });
      expect(cookiesOf(answer).get('session')!.value).toBe('');
      const other = await someone();
      const foreign = await test.api.post('/logout', {
        body: { session_id: (await test.api.get('/allSessions', { token: other.token })).body[0].sessionId },
        token: first.access_token,
      });
      expect(foreign.body.code).toBe('session_displaced');
    });

    it('lets pages of other origins log in and out without Authorization, and gives them no cookie', async () => {
      const { email } = await someone();
      const page = { origin: FRIEND, 'sec-fetch-site': 'cross-site' };
      const login = await logIn({ email, password: PASSWORD }, page);
      expect(login).toMatchObject({ status: 200, body: { access_token: expect.any(String) } });
      expect(login.headers.getSetCookie()).toEqual([]);
      expect(login.headers.get('access-control-allow-origin')).toBe(FRIEND);
      const { access_token: token, session_id } = login.body;
      expect((await test.api.post('/logout', { token, body: { session_id }, headers: page })).status).toBe(200);
      expect((await test.api.post('/logout', { headers: page })).status).toBe(200);
      for (const path of ['/register', '/api/auth/login', '/v1/sessions'])
        expect((await test.api.post(path, { body: {}, headers: page })).body.code).toBe('cross_origin');
      const stranger = { ...page, origin: 'https://evil.example' };
      expect((await logIn({ email, password: PASSWORD }, stranger)).body.code).toBe('cross_origin');
    });
  });

  it('flask: greets everybody by some name', async () => {
    const { token, name } = await someone();
    expect((await test.api.get('/protected', { token })).body.username).toBe(`Asha ${name}`);
    const { id, mobile } = await test.api.createUser();
    const nameless = (await test.api.serviceLogin(id)).body.token;
    expect((await test.api.get('/protected', { token: nameless })).body.username).toBe(mobile);
  });

  it('user-session-management: hands out the session that a new user has', async () => {
    const body = { mobile: `98${randomInt(10_000_000, 99_999_999)}`, username: 'SavingsBank' };
    const { body: created } = await test.api.post('/createUser', { service: true, body });
    expect(created.session_id).toBe(created.user.activeSession);
    expect((await test.api.current(created.access_token)).body.session.id).toBe(created.session_id);
  });

  describe('messenger', () => {
    const opened: TestSocket[] = [];
    afterEach(() => {
      for (const socket of opened.splice(0)) socket.close();
    });
    const listen = async (token: string, query: Record<string, string>) => {
      const socket = await connect(test.url, token, { query });
      opened.push(socket);
      return socket;
    };
    const shownTo = (socket: TestSocket) => socket.heard.filter(([event]) => event === 'getOnlineUsers').at(-1)?.[1];
    const shows = (socket: TestSocket, is: (ids: string[]) => boolean) =>
      eventually(
        async () => shownTo(socket) as string[] | undefined,
        (ids) => ids !== undefined && is(ids),
      );

    it('shows oneself with the day of one’s registration', async () => {
      const { token, answer } = await someone();
      expect(answer.body.createdAt).toMatch(/^\d{4}-/);
      expect((await test.api.get('/api/auth/check', { token })).body.createdAt).toBe(answer.body.createdAt);
      const [other] = (await test.api.get('/api/messages/users', { token })).body;
      expect(other).not.toHaveProperty('createdAt');
    });

    it('tells its sockets who is online, at connection and on change, whoever the query names', async () => {
      const [asha, ravi] = [await someone(), await someone()];
      const ashas = await listen(asha.token, { userId: ravi.id });
      expect(await shows(ashas, (ids) => ids.includes(asha.id))).not.toContain(ravi.id);
      const ravis = await listen(ravi.token, { userId: ravi.id });
      await shows(ashas, (ids) => ids.includes(ravi.id));
      await shows(ravis, (ids) => ids.includes(asha.id) && ids.includes(ravi.id));
      const told = () => ashas.events().filter((event) => event === 'getOnlineUsers').length;
      const before = told();
      // A second tab is no change, and what did not change is not told again.
      await listen(ravi.token, { userId: ravi.id });
      await shows(opened.at(-1)!, (ids) => ids.includes(asha.id));
      expect(told()).toBe(before);
      for (const socket of opened.slice(1)) socket.close();
      test.clock.advance(3000);
      await shows(ashas, (ids) => !ids.includes(ravi.id));
    });

    it('tells neither other sockets, nor of administrators', async () => {
      const { token, id } = await someone();
      const root = await adminToken(test.api);
      const admin = (await test.api.get('/v1/users/me', { token: root })).body.id;
      const [plain, admins] = [await listen(token, {}), await listen(root, { userId: admin })];
      await shows(admins, (ids) => ids.includes(id));
      const socket = await listen(token, { userId: id });
      expect(await shows(socket, (ids) => ids.includes(id))).not.toContain(admin);
      expect(plain.events()).not.toContain('getOnlineUsers');
    });
  });
});

describe.each(ENGINES)('%s: the messenger, narrowed to contacts,', (engine) => {
  it('tells of those alone who have written to each other', async () => {
    const test = await startApp(engine, { ...SETTINGS, EARLIER_APIS_DIRECTORY: 'contacts' });
    const sockets: TestSocket[] = [];
    try {
      const people = [];
      for (let count = 0; count < 3; count++) {
        const { id } = await test.api.createUser();
        const { token } = (await test.api.serviceLogin(id)).body;
        sockets.push(await connect(test.url, token, { query: { userId: id } }));
        people.push({ id, token: token as string });
      }
      const [asha, ravi, lea] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
      const write = (from: typeof asha, to: typeof asha) =>
        test.api.post(`/api/messages/send/${to.id}`, { token: from.token, body: { text: 'Hello' } });
      await write(asha, ravi);
      await write(ravi, asha);
      await write(lea, asha);
      sockets.push(await connect(test.url, asha.token, { query: { userId: asha.id } }));
      const [ids] = await sockets.at(-1)!.hear('getOnlineUsers');
      expect(new Set(ids)).toEqual(new Set([asha.id, ravi.id]));
    } finally {
      for (const socket of sockets) socket.close();
      await test.close();
    }
  });
});
