import { randomInt, randomUUID } from 'node:crypto';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

/** The examples of the document, word for word. */
const PERSON = { mobile: '9012345678', username: 'SavingsBank' };
const LOGIN = { ...PERSON, userAgent: 'Thunder Client', ipAddress: '::ffff:127.0.0.2' };
const REFUSED = 'There is already a session up and running. Please log out and log in again.';

interface LegacySession {
  sessionKey: string;
  userAgent: string;
  ipAddress: string;
  isValid: boolean;
  createdAt: string;
}

const validity = (sessions: LegacySession[]) => sessions.map(({ isValid }) => isValid);
const keys = (sessions: LegacySession[]) => sessions.map(({ sessionKey }) => sessionKey);

describe.each(ENGINES)('%s: the API user-session-management', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password });
  });
  afterAll(() => test.close());

  const post = (path: string, body: object) => test.api.post(path, { service: true, body });
  const get = (mobile: string) => test.api.get(`/user/${mobile}`, { service: true });
  const aPerson = () => ({ mobile: `98${randomInt(10_000_000, 99_999_999)}`, username: 'SavingsBank' });

  it('answers as its document says, from creating to invalidating', async () => {
    const headers = { 'user-agent': 'Thunder Client' };
    const created = await test.api.post('/createUser', { service: true, headers, body: PERSON });
    const { user } = created.body;
    expect(created).toMatchObject({ status: 201, body: { message: 'User created successfully' } });
    expect(user).toEqual({
      mobile: '9012345678',
      user_name: 'SavingsBank',
      activeSession: user.sessions[0].sessionKey,
      sessions: [
        {
          sessionKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
          userAgent: 'Thunder Client',
          ipAddress: '127.0.0.1',
          isValid: true,
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ],
    });

    const login = await post('/login', LOGIN);
    expect(login).toMatchObject({ status: 200, body: { message: 'Login successful' } });
    expect(validity(login.body.user.sessions)).toEqual([false, true]);
    const [first, second] = login.body.user.sessions as [LegacySession, LegacySession];
    expect(first).toEqual({ ...user.sessions[0], isValid: false });
    expect(second).toMatchObject({ userAgent: 'Thunder Client', ipAddress: '::ffff:127.0.0.2' });
    expect(login.body.user.activeSession).toBe(second.sessionKey);

    const { mobile, ...rest } = login.body.user;
    expect(await get('9012345678')).toMatchObject({ status: 200, body: { mobile_number: mobile, ...rest } });

    const ended = await post('/invalidateSession', { sessionKey: second.sessionKey });
    expect(ended).toMatchObject({ status: 200, body: { message: 'Session invalidated successfully.' } });
    expect(ended.body.user).toEqual({
      mobile,
      user_name: 'SavingsBank',
      activeSession: null,
      sessions: [first, { ...second, isValid: false }],
    });
    const again = await post('/invalidateSession', { sessionKey: second.sessionKey });
    expect(again.body).toMatchObject({ status: 400, code: 'session_already_invalid' });
    expect((await get('9012345678')).body.activeSession).toBeNull();
  });

  it("makes createUser the account's first login: the next device is a new one", async () => {
    const person = aPerson();
    const key = (await post('/createUser', person)).body.user.activeSession as string;
    const { id } = (await test.api.get(`/v1/service/users?mobile=${person.mobile}`, { service: true })).body;
    const { token } = (await test.api.serviceLogin(id)).body;
    const notices = await test.api.inbox(token, (kinds) => kinds.length >= 2);
    expect(notices.map(({ kind }) => kind).sort()).toEqual(['new_device', 'session_displaced']);
    const ended = await test.api.get('/v1/sessions?state=ended', { token });
    expect(ended.body.items).toMatchObject([{ id: key, endReason: 'displaced' }]);
  });

  it('takes user agent and address of the request where the body has none', async () => {
    const person = aPerson();
    await post('/createUser', person);
    const login = await test.api.post('/login', {
      service: true,
      headers: { 'user-agent': 'Backend/1' },
      body: person,
    });
    expect(login.body.user.sessions[1]).toMatchObject({ userAgent: 'Backend/1', ipAddress: '127.0.0.1' });
  });

  it('keeps the name as a display name, which need not be unique but must match', async () => {
    const [asha, ravi] = [aPerson(), aPerson()];
    expect([(await post('/createUser', asha)).status, (await post('/createUser', ravi)).status]).toEqual([201, 201]);
    expect((await post('/login', { ...asha, username: 'savingsbank' })).body).toMatchObject({
      status: 404,
      code: 'user_not_found',
    });
    expect(validity((await get(asha.mobile)).body.sessions)).toEqual([true]);
  });

  it('shows E.164 for a number of another region', async () => {
    const mobile = `+447400${randomInt(100_000, 999_999)}`;
    expect((await post('/createUser', { mobile, username: 'London' })).body.user.mobile).toBe(mobile);
    expect((await get(encodeURIComponent(mobile))).body.mobile_number).toBe(mobile);
  });

  it('shows the newest hundred sessions, oldest first', async () => {
    const person = aPerson();
    await post('/createUser', person);
    for (let i = 0; i < 101; i++) await post('/login', person);
    const { sessions, activeSession } = (await get(person.mobile)).body;
    expect(sessions).toHaveLength(100);
    expect(keys(sessions)).toEqual(keys(sessions).sort());
    expect(sessions.at(-1).sessionKey).toBe(activeSession);
  });

  it.each<[path: string, body: object, status: number, code: string]>([
    ['/createUser', { ...PERSON, mobile: '12345' }, 400, 'validation_failed'],
    ['/createUser', { ...PERSON, mobile: 'asha9812345678' }, 400, 'validation_failed'],
    ['/createUser', { mobile: '9812345678' }, 400, 'validation_failed'],
    ['/createUser', { ...PERSON, mobile: '+91 90123-45678', username: 'Another' }, 409, 'mobile_taken'],
    ['/login', { ...LOGIN, mobile: '9999999999' }, 404, 'user_not_found'],
    ['/login', { ...LOGIN, mobile: 'x' }, 404, 'user_not_found'],
    ['/login', { ...LOGIN, username: 'CurrentBank' }, 404, 'user_not_found'],
    ['/login', { ...LOGIN, ipAddress: 'localhost' }, 400, 'validation_failed'],
    ['/invalidateSession', {}, 400, 'validation_failed'],
    ['/invalidateSession', { sessionKey: randomUUID() }, 404, 'session_not_found'],
    ['/invalidateSession', { sessionKey: 'ce59ee13c39b640a88a224e15eb3b11b' }, 404, 'session_not_found'],
  ])('answers %s %j with %i', async (path, body, status, code) => {
    await post('/createUser', PERSON);
    expect((await post(path, body)).body).toMatchObject({ status, code });
  });

  it('knows no unknown number', async () => {
    expect((await get('9999999999')).body).toMatchObject({ status: 404, code: 'user_not_found' });
    expect((await get('x')).status).toBe(404);
  });

  it('needs a service key, for it asks for no password', async () => {
    const calls = [test.api.post('/createUser', { body: aPerson() }), test.api.post('/login', { body: LOGIN })];
    for (const { body } of await Promise.all([...calls, test.api.get(`/user/${PERSON.mobile}`)])) {
      expect(body).toMatchObject({ status: 401, code: 'service_key_required' });
    }
    const invalidate = await test.api.post('/invalidateSession', { body: { sessionKey: randomUUID() } });
    expect(invalidate.body).toMatchObject({ status: 401, code: 'authentication_required' });
  });

  it('lets the owner invalidate by token, and nobody else', async () => {
    const [asha, ravi] = [await test.api.createUser(), await test.api.createUser()];
    const { token, session } = (await test.api.serviceLogin(asha.id)).body;
    const stranger = (await test.api.serviceLogin(ravi.id)).body.token;
    const invalidate = (by: string) =>
      test.api.post('/invalidateSession', { token: by, body: { sessionKey: session.id } });
    expect((await invalidate(stranger)).body).toMatchObject({ status: 404, code: 'session_not_found' });
    expect(await invalidate(token)).toMatchObject({ status: 200, body: { user: { activeSession: null } } });
    expect((await test.api.current(token)).body.code).toBe('session_logged_out');
  });

  it('refuses under that policy in the words of its document, and lets in after the invalidation', async () => {
    const person = aPerson();
    const { user } = (await post('/createUser', person)).body;
    const { id } = (await test.api.get(`/v1/service/users?mobile=${person.mobile}`, { service: true })).body;
    const policy = { limit: 1, per: 'user', onLimit: 'refuse', idleTimeout: 1800, maxAge: 3600 };
    await test.api.put(`/v1/admin/users/${id}/policy`, { token: await adminToken(test.api), body: policy });
    const login = () => post('/login', { ...LOGIN, ...person });
    expect(await login()).toMatchObject({ status: 409, body: { message: REFUSED, user } });
    expect((await post('/invalidateSession', { sessionKey: user.activeSession })).status).toBe(200);
    const admitted = await login();
    expect(admitted).toMatchObject({ status: 200, body: { message: 'Login successful' } });
    expect(validity(admitted.body.user.sessions)).toEqual([false, true]);
  });
});
