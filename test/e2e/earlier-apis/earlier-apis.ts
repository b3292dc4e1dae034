import { randomInt, randomUUID } from 'node:crypto';
import { LAPTOP, PASSWORD } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { adminToken } from '../../support/people.js';
import { dataUrl, getPicture, pictures } from '../../support/pictures.js';
import { connect, type TestSocket } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };

describe.each(ENGINES)('%s: the earlier APIs', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
  });
  afterAll(() => test.close());

  let people = 0;
  const aPerson = () => {
    const username = `asha${randomInt(2 ** 40)}-${people++}`;
    return { username, email: `${username}@example.com`, password: PASSWORD };
  };
  const register = async () => {
    const person = aPerson();
    expect((await test.api.post('/register', { body: person })).status).toBe(201);
    return person;
  };
  const logIn = (body: object) => test.api.post('/login', { body, headers: { 'user-agent': LAPTOP } });
  /** Logged in as the documents' clients are: by e-mail and password. */
  const loggedIn = async () => {
    const { email, password, username } = await register();
    const { body } = await logIn({ email, password });
    return { email, password, username, token: body.access_token as string, sessionId: body.sessionId as string };
  };
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  describe('000: Express practice', () => {
    it('welcomes', async () => {
      expect(await test.api.get('/welcome')).toMatchObject({
        status: 200,
        body: { message: expect.any(String), author: expect.any(String) },
      });
    });

    it('logs in by e-mail or username, or by a service with a nickname', async () => {
      const { email, username, password } = await register();
      for (const body of [
        { email, password },
        { username, password },
      ]) {
        expect(await logIn(body)).toMatchObject({
          status: 200,
          body: { message: 'Login successful', sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        });
      }
      const nickname = 'Asha (demo)';
      const named = `${username}.n@example.com`;
      await test.api.post('/v1/users', { service: true, body: { email: named, displayName: nickname } });
      const byService = await test.api.post('/login', { service: true, body: { email: named, nickname } });
      expect(byService.status).toBe(200);
      expect(cookiesOf(byService).size).toBe(0);
      expect(await codeOf(byService.body.access_token)).toBe('live');
      const refused = [
        await test.api.post('/login', { service: true, body: { email: named, nickname: 'Somebody' } }),
        await test.api.post('/login', { body: { email: named, nickname } }),
        await test.api.post('/login', { body: { email: named } }),
        await test.api.post('/login', { body: { password } }),
        await logIn({ email, password: `${password}-not` }),
      ];
      expect(refused.map(({ body }) => body.code)).toEqual([
        'user_not_found',
        'service_key_required',
        'validation_failed',
        'validation_failed',
        'invalid_credentials',
      ]);
    });

    it('shows the status of a session to itself, its owner and a service, and to nobody else', async () => {
      const { sessionId, token, email, password } = await loggedIn();
      test.clock.advance(30_000);
      const path = `/status?sessionId=${sessionId}`;
      const active = { sessionId, status: 'active', userAgent: LAPTOP, inactivityDuration: expect.any(Number) };
      expect((await test.api.get(path, { service: true })).body).toMatchObject({ ...active, inactivityDuration: 30 });
      expect((await test.api.get(path, { token })).body).toMatchObject(active);
      const later = (await logIn({ email, password })).body.access_token;
      expect((await test.api.get(path, { token: later })).body).toMatchObject({ sessionId, status: 'ended' });
      expect((await test.api.get(path, { token })).body.code).toBe('session_displaced');
      const stranger = await loggedIn();
      expect((await test.api.get(path, { token: stranger.token })).body.code).toBe('session_not_found');
      expect((await test.api.get(path)).status).toBe(401);
      expect((await test.api.get('/status?sessionId=1', { service: true })).status).toBe(404);
    });

    it('renews the last access; a session that has ended stays ended', async () => {
      const { sessionId, token, email, password } = await loggedIn();
      const body = { sessionId };
      test.clock.advance(60_000);
      const renewed = await test.api.post('/update', { service: true, body });
      expect(renewed).toMatchObject({ status: 200, body: { session: { sessionId, inactivityDuration: 0 } } });
      const later = (await logIn({ email, password })).body.access_token;
      const refused = [
        await test.api.post('/update', { token, body }),
        await test.api.post('/update', { token: later, body }),
        await test.api.post('/update', { service: true, body }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
      expect(await codeOf(token)).toBe('session_displaced');
    });

    it('logs out by the session id', async () => {
      const { sessionId, token } = await loggedIn();
      const stranger = await loggedIn();
      const body = { sessionId };
      expect((await test.api.post('/logout', { body })).body.code).toBe('authentication_required');
      expect((await test.api.post('/logout', { token: stranger.token, body })).body.code).toBe('session_not_found');
      expect(await codeOf(token)).toBe('live');
      const answer = await test.api.post('/logout', { token, body });
      expect(answer).toMatchObject({
        status: 200,
        body: { message: 'Logged out', session: { sessionId, status: 'ended', endedAt: expect.any(String) } },
      });
      expect(await codeOf(token)).toBe('session_logged_out');
      expect(await codeOf(stranger.token)).toBe('live');
    });

    it("lists one's own sessions to a user, everybody's to a service and an administrator", async () => {
      const [one, other] = [await loggedIn(), await loggedIn()];
      await logIn({ email: one.email, password: one.password });
      const own = (await logIn({ email: one.email, password: one.password })).body.access_token;
      const ids = ({ body }: { body: any }) => body.map(({ sessionId }: { sessionId: string }) => sessionId);
      expect(ids(await test.api.get('/allSessions', { token: own }))).toHaveLength(3);
      expect(ids(await test.api.get('/allCurrentSessions', { token: own }))).toHaveLength(1);
      const everybody = { service: true } as const;
      const token = await adminToken(test.api);
      for (const as of [everybody, { token }]) {
        expect(ids(await test.api.get('/allSessions', as))).toEqual(
          expect.arrayContaining([one.sessionId, other.sessionId]),
        );
        const current = ids(await test.api.get('/allCurrentSessions', as));
        expect(current).toContain(other.sessionId);
        expect(current).not.toContain(one.sessionId);
      }
    });

    it("ends one's own sessions for a user, everybody's for a service", async () => {
      const [one, other] = [await loggedIn(), await loggedIn()];
      expect(await test.api.delete('/deleteSessions', { token: one.token })).toMatchObject({
        status: 200,
        body: { message: expect.any(String), ended: 1 },
      });
      expect([await codeOf(one.token), await codeOf(other.token)]).toEqual(['session_logged_out', 'live']);
      const { body } = await test.api.delete('/deleteSessions', { service: true });
      expect(body.ended).toBeGreaterThanOrEqual(1);
      expect(await codeOf(other.token)).toBe('session_revoked_by_service');
      // The service's key spares administrators.
      const admin = (await test.api.current(await adminToken(test.api))).body.user;
      const left: { userId: string }[] = (await test.api.get('/allCurrentSessions', { service: true })).body;
      expect(new Set(left.map(({ userId }) => userId))).toEqual(new Set([admin.id]));
    });
  });

  describe('001: Flask sessions', () => {
    it('registers once, and only with everything', async () => {
      const person = aPerson();
      expect((await test.api.post('/register', { body: person })).status).toBe(201);
      expect((await test.api.post('/register', { body: person })).status).toBe(409);
      const { password: _, ...incomplete } = aPerson();
      expect((await test.api.post('/register', { body: incomplete })).status).toBe(400);
    });

    it('logs in with a cookie, protects a page by it, and logs out', async () => {
      const { username, password } = await register();
      expect((await logIn({ username, password: 'wrong-one' })).status).toBe(401);
      const login = await logIn({ username, password });
      expect(login.status).toBe(200);
      const cookie = `session=${cookiesOf(login).get('session')!.value}`;
      const open = () => test.api.get('/protected', { headers: { cookie } });
      expect(await open()).toMatchObject({ status: 200, body: { username, message: expect.any(String) } });
      const logout = await test.api.post('/logout', { headers: { cookie } });
      expect(logout.status).toBe(200);
      expect(cookiesOf(logout).get('session')!.value).toBe('');
      expect((await open()).status).toBe(401);
      expect((await test.api.get('/protected')).status).toBe(401);
      expect((await test.api.post('/logout')).status).toBe(200);
    });

    it('logs out by an address too, unless another site or a prefetch asks for it', async () => {
      const { token } = await loggedIn();
      const cookie = `session=${token}`;
      const visit = (headers: Record<string, string>) => test.api.get('/logout', { headers: { cookie, ...headers } });
      const refused = [
        await visit({ 'sec-fetch-site': 'cross-site' }),
        await visit({ 'sec-fetch-site': 'same-site' }),
        await visit({ 'sec-purpose': 'prefetch;prerender' }),
        await visit({ purpose: 'prefetch' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      expect(await codeOf(token)).toBe('live');
      expect((await visit({ 'sec-fetch-site': 'none' })).status).toBe(200);
      expect(await codeOf(token)).toBe('session_logged_out');
    });

    it('logs nobody out who only looks at the link', async () => {
      const { token } = await loggedIn();
      for (const shown of [{ token }, { headers: { cookie: `session=${token}`, 'sec-fetch-site': 'none' } }]) {
        const { status, headers } = await test.api.call('HEAD', '/logout', shown);
        expect({ status, cookies: headers.getSetCookie() }).toEqual({ status: 200, cookies: [] });
        expect(await codeOf(token)).toBe('live');
      }
    });
  });

  describe('003: session tracking', () => {
    it('gives a token and a session id at login, and ends that session by its id', async () => {
      const { email, password } = await register();
      const first = (await logIn({ email, password })).body;
      expect(first).toMatchObject({ token_type: 'bearer', access_token: expect.any(String) });
      test.clock.advance(90_000);
      const { status, body } = await test.api.post('/logout', {
        token: first.access_token,
        body: { session_id: first.session_id },
      });
      expect({ status, body }).toMatchObject({ status: 200, body: { success: true, session: { duration: 90 } } });
      const { createdAt, endedAt } = body.session;
      expect(Date.parse(endedAt) - Date.parse(createdAt)).toBeGreaterThanOrEqual(90_000);
      const again = (await logIn({ email, password })).body;
      expect(again.session_id).not.toBe(first.session_id);
    });

    it('ties later actions to the session id, by its token, its owner or a service', async () => {
      const [one, stranger] = [await loggedIn(), await loggedIn()];
      const path = `/sessions/${one.sessionId}/actions`;
      const analysis = { type: 'analysis', data: { score: 7 } };
      expect(await test.api.post(path, { token: one.token, body: analysis })).toMatchObject({
        status: 201,
        body: { sessionId: one.sessionId, ...analysis },
      });
      expect((await test.api.post(path, { service: true, body: { type: 'advice' } })).status).toBe(201);
      expect((await test.api.post(path, { token: stranger.token, body: analysis })).body.code).toBe(
        'session_not_found',
      );
      expect((await test.api.post(path, { body: analysis })).status).toBe(401);
      const types = async (as: object) =>
        (await test.api.get(path, as)).body.map(({ type }: { type: string }) => type).slice(0, 2);
      expect(await types({ service: true })).toEqual(['advice', 'analysis']);
      expect(await types({ token: one.token })).toEqual(['advice', 'analysis']);
      await test.api.post('/logout', { token: one.token, body: { session_id: one.sessionId } });
      expect((await test.api.post(path, { service: true, body: analysis })).status).toBe(401);
    });
  });

  describe('004: messenger', () => {
    const open: TestSocket[] = [];
    afterEach(() => {
      for (const socket of open.splice(0)) socket.close();
    });

    const signUp = async (fullName = 'Asha (demo)') => {
      const body = { fullName, email: aPerson().email, password: PASSWORD };
      const answer = await test.api.post('/api/auth/signup', { body, headers: { 'user-agent': LAPTOP } });
      const cookie = `session=${cookiesOf(answer).get('session')?.value}`;
      return { ...body, answer, id: answer.body._id as string, headers: { cookie } };
    };
    const check = (headers: Record<string, string>) => test.api.get('/api/auth/check', { headers });

    it('signs up once, and logs in by it', async () => {
      const { answer, id, headers, fullName, email, password } = await signUp();
      const user = { _id: id, fullName, email, profilePic: null };
      expect(answer).toMatchObject({ status: 201, body: user });
      expect(Object.keys(answer.body).sort()).toEqual(['_id', 'createdAt', 'email', 'fullName', 'profilePic']);
      expect(await check(headers)).toMatchObject({ status: 200, body: user });
      const again = { fullName: 'Somebody', email: email.toUpperCase(), password };
      expect((await test.api.post('/api/auth/signup', { body: again })).body.code).toBe('email_taken');
      const { email: _, ...incomplete } = again;
      expect((await test.api.post('/api/auth/signup', { body: incomplete })).status).toBe(400);
    });

    it('logs in with a cookie, which holds until the logout or the next login', async () => {
      const { email, password, headers, id } = await signUp();
      const logIn = (given: object) => test.api.post('/api/auth/login', { body: { email, password, ...given } });
      expect((await logIn({ password: `${password}-not` })).body.code).toBe('invalid_credentials');
      expect((await check(headers)).status).toBe(200);
      const login = await logIn({});
      expect(login).toMatchObject({ status: 200, body: { _id: id, email } });
      expect((await check(headers)).body.code).toBe('session_displaced');
      const cookie = `session=${cookiesOf(login).get('session')!.value}`;
      expect((await check({ cookie })).status).toBe(200);
      const logout = await test.api.post('/api/auth/logout', { headers: { cookie } });
      expect(logout).toMatchObject({ status: 200, body: { message: 'Logged out' } });
      expect(cookiesOf(logout).get('session')!.value).toBe('');
      expect((await check({ cookie })).body.code).toBe('session_logged_out');
      expect((await check({})).status).toBe(401);
      expect((await test.api.post('/api/auth/logout')).status).toBe(200);
    });

    it('takes a profile picture as a data URL', async () => {
      const { headers, id } = await signUp();
      const body = { profilePic: dataUrl('image/png', await pictures.png(64, 48)) };
      const answer = await test.api.put('/api/auth/update-profile', { headers, body });
      expect(answer).toMatchObject({ status: 200, body: { _id: id, profilePic: expect.any(String) } });
      expect((await check(headers)).body.profilePic).toBe(answer.body.profilePic);
      const token = headers.cookie.split('=')[1]!;
      expect((await getPicture(test.api, answer.body.profilePic, token)).status).toBe(200);
    });

    it('shows everybody else, without what they are reached by', async () => {
      const [asha, ravi] = [await signUp(), await signUp('Ravi (demo)')];
      const { status, body } = await test.api.get('/api/messages/users', { headers: asha.headers });
      expect(status).toBe(200);
      const ids = body.map(({ _id }: { _id: string }) => _id);
      expect(ids).toContain(ravi.id);
      expect(ids).not.toContain(asha.id);
      expect(body.find(({ _id }: { _id: string }) => _id === ravi.id)).toEqual({
        _id: ravi.id,
        fullName: 'Ravi (demo)',
        profilePic: null,
      });
    });

    it('sends words and pictures to the receiver’s sockets, and keeps both directions, oldest first', async () => {
      const [asha, ravi, stranger] = [await signUp(), await signUp(), await signUp()];
      const connected = async ({ headers }: typeof asha) => {
        const socket = await connect(test.url, headers.cookie.split('=')[1]!);
        open.push(socket);
        return socket;
      };
      const [hers, his] = [await connected(asha), await connected(ravi)];
      const send = (from: typeof asha, to: typeof asha, body: object) =>
        test.api.post(`/api/messages/send/${to.id}`, { headers: from.headers, body });
      const image = dataUrl('image/jpeg', await pictures.jpeg(64, 48));
      const first = await send(asha, ravi, { text: 'See you at six.', image: null });
      const second = await send(ravi, asha, { text: '', image });
      expect(first).toMatchObject({ status: 201, body: { senderId: asha.id, receiverId: ravi.id, image: null } });
      expect(second).toMatchObject({ status: 201, body: { text: null, image: expect.any(String) } });
      expect(Object.keys(first.body).sort()).toEqual(['_id', 'createdAt', 'image', 'receiverId', 'senderId', 'text']);
      expect(await his.hear('newMessage')).toEqual([first.body]);
      expect(await hers.hear('newMessage')).toEqual([second.body]);
      expect(his.events().filter((event) => event === 'newMessage')).toHaveLength(1);
      for (const [one, other] of [
        [asha, ravi],
        [ravi, asha],
      ] as const)
        expect((await test.api.get(`/api/messages/${other.id}`, { headers: one.headers })).body).toEqual([
          first.body,
          second.body,
        ]);
      expect((await test.api.get(`/api/messages/${ravi.id}`, { headers: stranger.headers })).body).toEqual([]);
      const token = (of: typeof asha) => of.headers.cookie.split('=')[1]!;
      expect((await getPicture(test.api, second.body.image, token(asha))).status).toBe(200);
      expect((await getPicture(test.api, second.body.image, token(stranger))).status).toBe(404);
    });

    it('tells of what the service’s own API sends, and stores nothing that says nothing', async () => {
      const [asha, ravi] = [await signUp(), await signUp()];
      const socket = await connect(test.url, ravi.headers.cookie.split('=')[1]!);
      open.push(socket);
      const sent = await test.api.post('/v1/messages', { headers: asha.headers, body: { to: ravi.id, text: 'Hello' } });
      expect(await socket.hear('newMessage')).toMatchObject([{ _id: sent.body.id, text: 'Hello' }]);
      for (const body of [{}, { text: ' ' }, { text: null, image: null }, { image: 'picture.png' }])
        expect((await test.api.post(`/api/messages/send/${ravi.id}`, { headers: asha.headers, body })).status).toBe(
          400,
        );
      const unknown = { headers: asha.headers, body: { text: 'Hello' } };
      expect((await test.api.post(`/api/messages/send/${randomUUID()}`, unknown)).body.code).toBe('user_not_found');
      expect((await test.api.get(`/api/messages/${ravi.id}`, { headers: asha.headers })).body).toHaveLength(1);
    });
  });
});
