import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { ActivityStore } from '../../../src/activity/index.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { eventually } from '../../support/eventually.js';
import { adminToken, settleDevices } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, SESSION_LIMIT: '3' };

describe.each(ENGINES)('%s: deletion of the account', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  let admin: string;
  beforeAll(async () => {
    sms = await startTextMessages();
    test = await startApp(engine, { ...SETTINGS, ...sms.settings });
    admin = await adminToken(test.api);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  const names = () => {
    const word = randomBytes(6).toString('hex');
    return { mobile: `+9197${randomInt(10_000_000, 99_999_999)}`, username: `v${word}`, email: `${word}@example.com` };
  };
  /** With a name of every kind, on two devices. */
  async function somebody() {
    const person = { ...names(), displayName: 'Vera' };
    const { id } = (await test.api.post('/v1/users', { service: true, body: { ...person, password: PASSWORD } })).body;
    const [laptop, phone] = [await test.api.login(person.username), await test.api.login(person.username, PHONE)];
    expect([laptop, phone]).toMatchObject([{ status: 201 }, { status: 201 }]);
    return { id, ...person, token: laptop.body.token as string, laptop: laptop.body, phone: phone.body };
  }
  const remove = (token: string, body: object = { currentPassword: PASSWORD }) =>
    test.api.delete('/v1/users/me', { token, body });
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  it('needs the password, or a login code, and changes nothing without', async () => {
    const { id, token, phone } = await somebody();
    const vouched = (await test.api.serviceLogin(id)).body.token;
    expect((await remove(vouched, {})).body).toMatchObject({
      status: 403,
      code: 'fresh_proof_required',
      accepts: ['password', 'code'],
    });
    for (const [body, status, code] of [
      [{ currentPassword: '' }, 400, 'validation_failed'],
      [{ currentPassword: null }, 400, 'validation_failed'],
      [{ password: PASSWORD }, 400, 'validation_failed'],
      [{ currentPassword: `${PASSWORD}x` }, 403, 'wrong_password'],
      [{ code: '123456' }, 403, 'invalid_code'],
    ] as const)
      expect([body, (await remove(token, body)).body]).toMatchObject([body, { status, code }]);
    expect([await codeOf(token), await codeOf(phone.token)]).toEqual(['live', 'live']);
    const { status, body, headers } = await remove(token);
    expect({ status, body }).toEqual({ status: 204, body: '' });
    // The device's cookie stays: other accounts know the browser by it.
    expect([...cookiesOf({ headers })]).toMatchObject([
      [
        'session',
        { value: '', attributes: expect.arrayContaining(['expires=thu, 01 jan 1970 00:00:00 gmt', 'path=/']) },
      ],
    ]);
    expect([await codeOf(token), await codeOf(phone.token)]).toEqual(['session_user_deleted', 'session_user_deleted']);
  });

  it('takes a login code in place of the password, and no other', async () => {
    const { token, mobile } = await somebody();
    const request = (purpose: string) => test.api.post('/v1/codes', { body: { identifier: mobile, purpose } });
    await request('verify');
    await test.api.post('/v1/users/me/verify', { token, body: { code: await sms.codeFor(mobile) } });
    await request('recover');
    const recovery = await sms.codeFor(mobile, 2);
    expect((await remove(token, { code: recovery })).body.code).toBe('invalid_code');
    await request('login');
    expect((await remove(token, { code: await sms.codeFor(mobile, 3) })).status).toBe(204);
    expect(await codeOf(token)).toBe('session_user_deleted');
  });

  it('is refused to an administrator until another has taken the role away', async () => {
    const { id, token } = await somebody();
    const promote = (role: string) => test.api.patch(`/v1/admin/users/${id}`, { token: admin, body: { role } });
    await promote('admin');
    expect((await remove(token)).body).toMatchObject({ status: 409, code: 'admin_role_held' });
    expect((await remove(admin, { currentPassword: ADMIN.password })).body.code).toBe('admin_role_held');
    expect(await codeOf(token)).toBe('live');
    await promote('user');
    expect((await remove(token)).status).toBe(204);
  });

  it('makes of the person somebody unknown, wherever they are named', async () => {
    const { api } = test;
    const other = (await api.serviceLogin((await api.createUser()).id)).body;
    const person = await somebody();
    const { id, mobile, username, email, laptop } = person;
    await api.put(`/v1/admin/users/${id}/policy`, {
      token: admin,
      body: { limit: 1, per: 'user', onLimit: 'refuse', idleTimeout: 600, maxAge: 600 },
    });
    expect((await remove(person.token)).status).toBe(204);
    const [unknown, stranger] = [names(), randomUUID()];
    const ask = async (of: typeof unknown, userId: string) => {
      const calls = [
        await api.login(of.mobile),
        await api.login(of.username),
        await api.login(of.email),
        await api.post('/v1/sessions', { body: { identifier: of.mobile, code: '123456' } }),
        await api.post('/v1/codes', { body: { identifier: of.mobile, purpose: 'login' } }),
        await api.post('/v1/users/recover', {
          body: { identifier: of.mobile, code: '123456', newPassword: `${PASSWORD}-2` },
        }),
        await api.serviceLogin(userId),
        await api.get(`/v1/service/users?mobile=${encodeURIComponent(of.mobile)}`, { service: true }),
        await api.get(`/v1/service/users?username=${of.username}`, { service: true }),
        await api.get(`/v1/service/users?email=${of.email}`, { service: true }),
        await api.get(`/v1/service/users/${userId}/sessions`, { service: true }),
        await api.delete(`/v1/service/users/${userId}/sessions`, { service: true }),
        await api.get(`/v1/users/${userId}`, { token: other.token }),
        await api.get(`/v1/users/${userId}/presence`, { token: other.token }),
        await api.get(`/v1/admin/users/${userId}`, { token: admin }),
        await api.patch(`/v1/admin/users/${userId}`, { token: admin, body: { locked: true } }),
        await api.get(`/v1/admin/users/${userId}/policy`, { token: admin }),
        await api.delete(`/v1/admin/users/${userId}/sessions`, { token: admin }),
        await api.get(`/user/${of.mobile}`, { service: true }),
      ];
      return calls.map(({ status, body: { requestId: _, request: __, ...body } }) => ({ status, body }));
    };
    const answers = await ask({ mobile, username, email }, id);
    expect(answers).toEqual(await ask(unknown, stranger));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 202, 401, ...Array(13).fill(404)]);
    const { items } = (await api.get('/v1/admin/users?limit=100', { token: admin })).body;
    expect(items.map((user: { id: string }) => user.id)).not.toContain(id);
    const introspect = { service: true, body: { token: person.token } };
    expect((await api.post('/v1/service/sessions/introspect', introspect)).body).toMatchObject({
      active: false,
      code: 'session_user_deleted',
    });
    // It ended long ago, as far as anybody asks.
    expect((await api.delete(`/v1/service/sessions/${laptop.session.id}`, { service: true })).status).toBe(204);
  });

  it('voids tickets that were got before', async () => {
    const { id, username, token, laptop } = await somebody();
    const policy = { limit: 2, per: 'user', onLimit: 'ask', idleTimeout: 600, maxAge: 600 };
    await test.api.put(`/v1/admin/users/${id}/policy`, { token: admin, body: policy });
    const { ticket } = (await test.api.login(username, 'SomeTablet/1.0')).body.takeover;
    expect((await remove(token)).status).toBe(204);
    const takeover = { ticket, end: [laptop.session.id] };
    expect((await test.api.post('/v1/sessions/takeover', { body: takeover })).body.code).toBe('invalid_ticket');
  });

  it('sets mobile, username and e-mail free at once, for an account that begins anew', async () => {
    const { id, token, mobile, username, email } = await somebody();
    await test.api.inbox(token, (kinds) => kinds.length === 1);
    const again = { mobile, username: username.toUpperCase(), email: email.toUpperCase(), password: `${PASSWORD}-2` };
    expect((await test.api.post('/v1/users', { service: true, body: again })).body.code).toMatch(/_taken$/);
    expect(await remove(token)).toMatchObject({ status: 204 });
    const created = await test.api.post('/v1/users', { service: true, body: again });
    expect(created).toMatchObject({ status: 201, body: { mobile, displayName: null, mobileVerifiedAt: null } });
    expect(created.body.id).not.toBe(id);
    expect((await test.api.login(mobile)).body.code).toBe('invalid_credentials');
    const login = await test.api.login(username, LAPTOP, { password: `${PASSWORD}-2` });
    expect(login).toMatchObject({ status: 201, body: { user: { id: created.body.id } } });
    expect((await test.api.get('/v1/notifications', { token: login.body.token })).body.items).toEqual([]);
    expect((await test.api.get('/v1/devices', { token: login.body.token })).body.items).toHaveLength(1);
    expect((await test.api.get('/v1/sessions?state=all', { token: login.body.token })).body.items).toHaveLength(1);
  });

  it('closes what a browser’s cookie opened', async () => {
    const { id, username } = await somebody();
    const login = await test.api.login(username, 'Browser/1.0');
    await settleDevices(test, id);
    const cookie = [...cookiesOf(login)].map(([name, { value }]) => `${name}=${value}`).join('; ');
    const answer = await test.api.delete('/v1/users/me', { body: { currentPassword: PASSWORD }, headers: { cookie } });
    expect(answer).toMatchObject({ status: 204 });
    expect((await test.api.get('/v1/users/me', { headers: { cookie } })).body.code).toBe('session_user_deleted');
    const foreign = { cookie, origin: 'https://evil.example' };
    expect((await test.api.delete('/v1/users/me', { body: {}, headers: foreign })).body.code).toBe('cross_origin');
    expect((await test.api.delete('/v1/users/me', { service: true, body: {} })).status).toBe(401);
  });
});

describe.each(ENGINES)('%s: what races a deletion, on two nodes', (engine) => {
  let one: TestApp;
  let two: TestApp;
  beforeAll(async () => {
    one = await startApp(engine, { SESSION_LIMIT: 'none' });
    two = await startApp(engine, { SESSION_LIMIT: 'none' }, one.store);
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const ROUNDS = byTier({ quick: 3, full: 6, long: 6 });
  const remove = (token: string, { api } = one) =>
    api.delete('/v1/users/me', { token, body: { currentPassword: PASSWORD } });
  async function somebody() {
    const { id, mobile } = await one.api.createUser();
    const { token, session } = (await one.api.serviceLogin(id)).body;
    return { id, mobile, token: token as string, sessionId: session.id as string };
  }
  const codesOf = (answers: { status: number; body: { code?: string } }[]) =>
    answers.map(({ status, body }) => body.code ?? `${status}`);

  it.each([
    ['with a password', 'invalid_credentials'],
    ['by a service', 'user_not_found'],
  ])('no login survives it: %s', async (how, refusal) => {
    let [admitted, refused] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const { id, mobile, token } = await somebody();
      const logIn = ({ api }: TestApp) => (how === 'by a service' ? api.serviceLogin(id) : api.login(mobile));
      const count = how === 'by a service' ? 12 : 3;
      const first = Array.from({ length: count }, (_, i) => logIn(i % 2 ? one : two));
      const deleted = remove(token, round % 2 ? one : two);
      const last = Array.from({ length: count }, (_, i) => logIn(i % 2 ? one : two));
      const answers = await Promise.all([...first, ...last]);
      expect((await deleted).status).toBe(204);
      answers.push(await logIn(one), await logIn(two));
      const live = answers.filter(({ status }) => status === 201);
      for (const { body } of live) expect((await two.api.current(body.token)).body.code).toBe('session_user_deleted');
      // A 503 says nothing: a machine that is busy enough may give one.
      const others = answers.filter(({ status }) => status !== 201 && status !== 503);
      expect(new Set(codesOf(others))).toEqual(new Set([refusal]));
      admitted += live.length;
      refused += others.length;
    }
    expect(admitted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(2 * ROUNDS);
  });

  it('of two deletions one is made, and the other is told', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, token } = await somebody();
      const other = (await one.api.serviceLogin(id)).body.token as string;
      await settleDevices(one, id);
      const answers = await Promise.all([remove(token), remove(other, two), remove(token, two), remove(other)]);
      expect(codesOf(answers).sort()).toEqual(['204', ...Array(3).fill('session_user_deleted')]);
    }
  });

  it('no activity outlives it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, token } = await somebody();
      const tokens = [token];
      for (let i = 0; i < 3; i++) tokens.push((await one.api.serviceLogin(id)).body.token);
      const untilRefused = async ({ api }: TestApp, own: string) => {
        for (;;) {
          const answer = await api.post('/v1/sessions/current/activities', { token: own, body: { type: 'n' } });
          if (answer.status !== 201) return answer;
        }
      };
      const recording = tokens.flatMap((own) => [untilRefused(one, own), untilRefused(two, own)]);
      expect((await remove(token, round % 2 ? one : two)).status).toBe(204);
      expect(new Set(codesOf(await Promise.all(recording)))).toEqual(new Set(['session_user_deleted']));
      const kept = () => one.app.get(ActivityStore).listOfUser(id, { before: null, limit: 100 });
      expect(await eventually(kept, ({ length }) => length === 0)).toEqual([]);
    }
  });

  it('a name that its person takes meanwhile is free afterwards, and whoever is quick has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { mobile, token } = await somebody();
      const username = `n${randomBytes(6).toString('hex')}`;
      const create = ({ api }: TestApp) => api.post('/v1/users', { service: true, body: { mobile } });
      const [patched, deleted, ...created] = await Promise.all([
        two.api.patch('/v1/users/me', { token, body: { username, currentPassword: PASSWORD } }),
        remove(token),
        ...Array.from({ length: 8 }, (_, i) => create(i % 2 ? one : two)),
      ]);
      expect(deleted.status).toBe(204);
      expect(['200', 'session_user_deleted']).toContain(codesOf([patched])[0]);
      created.push(await create(one));
      expect(created.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(new Set(codesOf(created))).toEqual(new Set(['201', 'mobile_taken']));
      expect((await two.api.post('/v1/users', { service: true, body: { username } })).status).toBe(201);
    }
  });

  it('a logout is granted, whichever comes first', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, token } = await somebody();
      const other = (await one.api.serviceLogin(id)).body.token as string;
      const logOut = two.api.delete('/v1/sessions/current', { token: other });
      const [deleted, out] = await Promise.all([remove(token), logOut]);
      expect(deleted.status).toBe(204);
      expect(['204', 'session_user_deleted']).toContain(codesOf([out])[0]);
      expect((await one.api.current(other)).body.code).toMatch(/^session_(logged_out|user_deleted)$/);
    }
  });
});
