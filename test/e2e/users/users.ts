import { randomInt, randomUUID } from 'node:crypto';
import { LAPTOP, PASSWORD } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { ENGINES } from '../../support/stores.js';

const NEW_PASSWORD = 'amber-Thicket-19-window';

const aMobile = () => `98${randomInt(10_000_000, 99_999_999)}`;
/** The fields at fault, each once. */
const fieldsOf = ({ errors }: { errors: { field: string }[] }) => [...new Set(errors.map(({ field }) => field))];
const aName = () => `n${randomUUID().slice(0, 12)}`;

describe.each(ENGINES)('%s: users', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none' });
  });
  afterAll(() => test.close());

  const create = (body: object, service = true) => test.api.post('/v1/users', { service, body });
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';
  const passwordWorks = async (identifier: string, password = PASSWORD) =>
    (await test.api.login(identifier, LAPTOP, { password })).status === 201;

  /** A person with a live session. */
  async function person(more: object = {}) {
    const user = await test.api.createUser(more);
    const { token } = (await test.api.serviceLogin(user.id, { deviceId: 'a' })).body;
    return { ...user, token: token as string };
  }

  describe('creating', () => {
    it('stores the national form as E.164 and shows the whole user', async () => {
      const [mobile, username] = [aMobile(), aName()];
      const body = {
        mobile,
        username,
        email: `${username}@example.com`,
        password: PASSWORD,
        displayName: 'Asha (demo)',
      };
      const { status, body: user } = await create(body, false);
      expect(status).toBe(201);
      expect(user).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        mobile: `+91${mobile}`,
        username,
        email: body.email,
        displayName: 'Asha (demo)',
        avatarUrl: null,
        locale: null,
        role: 'user',
        mobileVerifiedAt: null,
        emailVerifiedAt: null,
        createdAt: expect.stringMatching(/Z$/),
      });
    });

    it.each<[field: string, body: object]>([
      ['mobile', {}],
      ['mobile', { displayName: 'Nobody' }],
      ['mobile', { mobile: '12345' }],
      ['mobile', { mobile: '+919012345678;ext=5' }],
      ['mobile', { mobile: 'asha9012345678' }],
      ['mobile', { mobile: 9012345678 }],
      ['mobile', { mobile: null }],
      ['username', { username: '1asha' }],
      ['username', { username: 'ab' }],
      ['username', { username: 'a'.repeat(41) }],
      ['username', { username: 'asha@home' }],
      ['username', { username: 'as ha' }],
      ['username', { username: 'аsha' }],
      ['email', { email: 'asha' }],
      ['email', { email: `${'a'.repeat(250)}@example.com` }],
      ['password', { password: '7 chars' }],
      ['password', { password: 'x'.repeat(129) }],
      ['password', { password: 'Password123' }],
      ['password', { password: 'QWERTYUIOP' }],
      ['displayName', { displayName: '' }],
      ['displayName', { displayName: 'x'.repeat(81) }],
      ['displayName', { displayName: 'two\nlines' }],
      ['displayName', { displayName: 'evil\u202etxt' }],
      ['role', { role: 'admin' }],
    ])('refuses %s in %j', async (field, fault) => {
      const needsName = !['mobile', 'username', 'email'].includes(field);
      const { status, body } = await create(
        { ...(needsName && { username: aName() }), password: PASSWORD, ...fault },
        false,
      );
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'validation_failed' });
      expect(fieldsOf(body)).toEqual([field]);
    });

    it('without a password is for services', async () => {
      const refused = await create({ mobile: aMobile() }, false);
      expect(refused.body).toMatchObject({ status: 400, errors: [{ field: 'password' }] });
      const wrongKey = { headers: { authorization: `Service ${'x'.repeat(40)}` }, body: { mobile: aMobile() } };
      expect((await test.api.post('/v1/users', wrongKey)).body.code).toBe('service_key_required');
      const mobile = aMobile();
      expect((await create({ mobile })).status).toBe(201);
      expect(await passwordWorks(mobile, PASSWORD)).toBe(false);
    });

    it('refuses what another account has, in whatever case or spelling, and takes nothing of the rest', async () => {
      const [mobile, username] = [aMobile(), aName()];
      const email = `${username}@example.com`;
      await create({ mobile, username, email });
      const free = aName();
      for (const [field, body] of [
        ['mobile', { mobile: `+91 ${mobile.slice(0, 5)}-${mobile.slice(5)}` }],
        ['username', { username: username.toUpperCase() }],
        ['email', { email: `${username.toUpperCase()}@EXAMPLE.com` }],
      ] as const) {
        const taken = await create({ ...(field !== 'username' && { username: free }), ...body });
        expect(taken.body).toMatchObject({ status: 409, code: `${field}_taken`, errors: [{ field }] });
      }
      expect((await create({ username: free })).status).toBe(201);
    });
  });

  describe('editing oneself', () => {
    it('changes name and username, and keeps the old one from others', async () => {
      const old = aName();
      const { token } = await person({ username: old, displayName: 'Asha' });
      const edit = (body: object) =>
        test.api.patch('/v1/users/me', { token, body: { ...body, currentPassword: PASSWORD } });
      expect((await edit({ username: old.toUpperCase() })).body.username).toBe(old.toUpperCase());
      const username = aName();
      expect((await edit({ username, displayName: null })).body).toMatchObject({ username, displayName: null });
      expect((await test.api.get('/v1/users/me', { token })).body).toMatchObject({ username, displayName: null });
      expect((await create({ username: old })).body.code).toBe('username_taken');
      const { username: taken } = (await create({ username: aName() })).body;
      expect((await edit({ username: taken, displayName: 'Other' })).body.code).toBe('username_taken');
      expect((await test.api.get('/v1/users/me', { token })).body).toMatchObject({ username, displayName: null });
    });

    it.each([{ username: null }, { mobile: '123' }, { role: 'admin' }, { email: 'x' }])('refuses %j', async (fault) => {
      const { token } = await person();
      const body = { currentPassword: PASSWORD, ...fault };
      const refused = await test.api.patch('/v1/users/me', { token, body });
      expect(refused.body).toMatchObject({ status: 400, errors: [{ field: Object.keys(fault)[0] }] });
    });

    it('asks for the password before a new name or contact, and tells of a contact', async () => {
      const { mobile, token } = await person();
      const next = aMobile();
      const edit = (body: object) => test.api.patch('/v1/users/me', { token, body });
      const required = { status: 403, code: 'fresh_proof_required', accepts: ['password', 'code'] };
      for (const change of [{ mobile: next }, { email: `${aName()}@example.com` }, { username: aName() }]) {
        expect((await edit(change)).body).toMatchObject(required);
        const wrong = await edit({ ...change, currentPassword: 'wrong password' });
        expect(wrong.body).toMatchObject({ status: 403, code: 'wrong_password' });
      }
      expect(await edit({ mobile, displayName: 'Asha' })).toMatchObject({ status: 200, body: { displayName: 'Asha' } });
      const changed = await edit({ mobile: next, currentPassword: PASSWORD });
      expect(changed.body).toMatchObject({ mobile: `+91${next}`, mobileVerifiedAt: null });
      const notices = await test.api.inbox(token, (kinds) => kinds.length > 0);
      expect(notices.map(({ kind }) => kind)).toEqual(['contact_changed']);
      expect([await passwordWorks(next), await passwordWorks(mobile)]).toEqual([true, false]);
    });
  });

  describe('a new password', () => {
    const change = (token: string, currentPassword: string, newPassword: string) =>
      test.api.put('/v1/users/me/password', { token, body: { currentPassword, newPassword } });

    it('ends every other session, and the old password with them', async () => {
      const { id, mobile, token } = await person();
      const other = (await test.api.serviceLogin(id, { deviceId: 'b' })).body.token as string;
      expect((await change(token, PASSWORD, NEW_PASSWORD)).status).toBe(204);
      expect([await codeOf(token), await codeOf(other)]).toEqual(['live', 'session_password_changed']);
      expect([await passwordWorks(mobile), await passwordWorks(mobile, NEW_PASSWORD)]).toEqual([false, true]);
    });

    it('is refused where the current one is wrong or the new one is common, short or long', async () => {
      const { id, mobile, token } = await person();
      const other = (await test.api.serviceLogin(id, { deviceId: 'b' })).body.token as string;
      expect((await change(token, 'wrong password', NEW_PASSWORD)).body.code).toBe('wrong_password');
      for (const bad of ['iloveyou', '7 chars', 'plum-Velvet-7 '.repeat(10)]) {
        expect((await change(token, PASSWORD, bad)).body).toMatchObject({
          status: 400,
          errors: [{ field: 'newPassword' }],
        });
      }
      expect([await codeOf(other), await passwordWorks(mobile)]).toEqual(['live', true]);
    });

    it('leaves what the clock has ended its own reason', async () => {
      const { id, token } = await person();
      const idle = (await test.api.serviceLogin(id, { deviceId: 'b' })).body.token as string;
      test.clock.advance(20 * 60_000);
      await test.api.post('/v1/sessions/current/refresh', { token });
      test.clock.advance(15 * 60_000);
      expect((await change(token, PASSWORD, NEW_PASSWORD)).status).toBe(204);
      expect(await codeOf(idle)).toBe('session_idle_timeout');
    });
  });

  it('show those with whom there are messages a public profile and nothing more, and nobody else', async () => {
    const username = aName();
    const [{ id, token }, asha] = [await person(), await person({ username, displayName: 'Asha' })];
    const get = (userId: string) => test.api.get(`/v1/users/${userId}`, { token });
    expect((await get(asha.id)).body).toMatchObject({ status: 404, code: 'user_not_found' });
    expect((await get(id)).body).toMatchObject({ id, displayName: null });
    await test.api.post('/v1/messages', { token: asha.token, body: { to: id, text: 'Hello' } });
    expect((await get(asha.id)).body).toEqual({ id: asha.id, username, displayName: 'Asha', avatarUrl: null });
    expect((await get(randomUUID())).body).toMatchObject({ status: 404, code: 'user_not_found' });
    expect((await get('1')).status).toBe(400);
  });
});
