import { randomUUID } from 'node:crypto';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: the service API', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    const admin = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };
    test = await startApp(engine, { SESSION_LIMIT: '2', ...admin });
  });
  afterAll(() => test.close());

  const aPerson = async () => {
    const username = `S.${randomUUID().slice(0, 12)}`;
    return { ...(await test.api.createUser({ username, email: `${username}@example.com` })), username };
  };
  const login = (body: object, service = true) => test.api.post('/v1/service/sessions', { service, body });
  const introspect = async (token: string) =>
    (await test.api.post('/v1/service/sessions/introspect', { service: true, body: { token } })).body;
  const end = (id: string) => test.api.delete(`/v1/service/sessions/${id}`, { service: true });
  const lookUp = (query: string) => test.api.get(`/v1/service/users${query}`, { service: true });
  const client = { userAgent: PHONE, ipAddress: '203.0.113.7' };

  describe('a login on behalf', () => {
    it('is for the person named in any way, and the client that the service describes', async () => {
      const { id, mobile, username } = await aPerson();
      const ways = [{ id }, { mobile }, { mobile: mobile.slice(3) }, { username: username.toLowerCase() }];
      for (const user of [...ways, { email: `${username.toUpperCase()}@EXAMPLE.COM` }]) {
        const { status, body, headers } = await login({ user, ...client });
        expect({ status, id: body.user?.id }).toEqual({ status: 201, id });
        expect(body).toMatchObject({
          tokenType: 'Bearer',
          session: { ip: '203.0.113.7', userAgent: PHONE, device: { name: 'Safari on iOS', class: 'mobile' } },
        });
        expect(headers.getSetCookie()).toEqual([]);
        expect((await test.api.current(body.token)).status).toBe(200);
      }
    });

    it('follows the policy, and displaces like any other', async () => {
      const { id } = await aPerson();
      const [first] = [await test.api.serviceLogin(id), await test.api.serviceLogin(id)];
      const third = (await test.api.serviceLogin(id)).body;
      expect(third.displaced).toMatchObject([{ id: first.body.session.id, endReason: 'displaced' }]);
    });

    it("knows a device by the service's name for it, each user's for itself", async () => {
      const [asha, ravi] = [await aPerson(), await aPerson()];
      const device = async (id: string) =>
        (await test.api.serviceLogin(id, { deviceId: 'laptop-1' })).body.session.device.id;
      expect(await device(asha.id)).toBe(await device(asha.id));
      expect(await device(ravi.id)).not.toBe(await device(asha.id));
    });

    it('keeps 512 characters of a user agent, and takes any address', async () => {
      const { id } = await aPerson();
      for (const ipAddress of [
        '2001:db8::1',
        '::ffff:203.0.113.7',
        '::1',
        'fe80::1',
        'fe80::1%eth0',
        'fe80::1%eth0.1',
      ]) {
        expect((await test.api.serviceLogin(id, { ipAddress })).status).toBe(201);
      }
      const long = await test.api.serviceLogin(id, { userAgent: `${LAPTOP} ${'x'.repeat(4000)}` });
      expect(long.body.session.userAgent).toHaveLength(512);
    });

    it.each<[string, object]>([
      ['nobody', { user: {} }],
      ['two people at once', { user: { id: randomUUID(), username: 'asha' } }],
      ['an id that is none', { user: { id: '1' } }],
      ['no address', { ipAddress: 'localhost' }],
      ['no user agent', { userAgent: null }],
      ['an endless user agent', { userAgent: 'x'.repeat(4097) }],
      ['an endless device name', { deviceId: 'x'.repeat(129) }],
      ['an empty device name', { deviceId: '' }],
    ])('refuses %s', async (_, fault) => {
      const { id } = await aPerson();
      const { status, body } = await login({ user: { id }, ...client, ...fault });
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'validation_failed' });
    });

    it('is 404 for an unknown and 403 for a locked person, and for services alone', async () => {
      for (const user of [
        { id: randomUUID() },
        { mobile: '+919999999999' },
        { mobile: 'x' },
        { username: 'nobody.x' },
      ]) {
        expect((await login({ user, ...client })).body).toMatchObject({ status: 404, code: 'user_not_found' });
      }
      const { id, mobile } = await aPerson();
      const user = (await test.api.login(mobile)).body;
      const admin = (await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body;
      for (const token of [undefined, user.token, admin.token]) {
        const refused = await test.api.post('/v1/service/sessions', {
          ...(token && { token }),
          body: { user: { id }, ...client },
        });
        expect(refused.body).toMatchObject({ status: 401, code: 'service_key_required' });
      }
      await test.api.patch(`/v1/admin/users/${id}`, { token: admin.token, body: { locked: true } });
      expect((await login({ user: { id }, ...client })).body).toMatchObject({ status: 403, code: 'user_locked' });
    });
  });

  describe('looking a person up', () => {
    it('finds by mobile in either form, username and e-mail in any case', async () => {
      const { id, mobile, username } = await aPerson();
      const queries = [
        `?mobile=${encodeURIComponent(mobile)}`,
        `?mobile=${mobile.slice(3)}`,
        `?username=${username.toUpperCase()}`,
        `?email=${encodeURIComponent(`${username}@Example.com`)}`,
      ];
      for (const query of queries)
        expect((await lookUp(query)).body).toMatchObject({ id, mobile, username, role: 'user' });
    });

    it.each([
      ['', 400, 'validation_failed'],
      ['?username=asha&mobile=9012345678', 400, 'validation_failed'],
      ['?id=1', 400, 'validation_failed'],
      ['?username=nobody.x', 404, 'user_not_found'],
      ['?mobile=123', 404, 'user_not_found'],
    ])('answers %j with %i', async (query, status, code) => {
      expect((await lookUp(query)).body).toMatchObject({ status, code });
    });
  });

  describe('introspection', () => {
    it('shows person and session of a live token, and counts as its use', async () => {
      const { id } = await aPerson();
      const { token, session } = (await test.api.serviceLogin(id)).body;
      test.clock.advance(120_000);
      const used = test.clock.now().toISOString();
      expect(await introspect(token)).toEqual({
        active: true,
        user: expect.objectContaining({ id }),
        session: expect.objectContaining({ id: session.id, state: 'live', current: false }),
      });
      const read = async () => (await introspect(token)).session.lastSeenAt as string;
      expect((await eventually(read, (seen) => seen >= used)) >= used).toBe(true);
    });

    it('says of an ended one why and when', async () => {
      const { id } = await aPerson();
      const token = async () => (await test.api.serviceLogin(id)).body.token as string;
      const loggedOut = await token();
      await test.api.delete('/v1/sessions/current', { token: loggedOut });
      const idle = await token();
      test.clock.advance(1_800_000);
      const displaced = await token();
      await token();
      const last = await token();
      await test.api.delete(`/v1/service/users/${id}/sessions`, { service: true });
      for (const [ended, code] of [
        [loggedOut, 'session_logged_out'],
        [idle, 'session_idle_timeout'],
        [displaced, 'session_displaced'],
        [last, 'session_revoked_by_service'],
      ] as const) {
        const { endedAt } = (await test.api.current(ended)).body;
        expect(endedAt).toMatch(/Z$/);
        expect(await introspect(ended)).toEqual({ active: false, code, endedAt });
      }
    });

    it('says of anything else that it is no token, and no more', async () => {
      const { id } = await aPerson();
      const [a, b] = [(await test.api.serviceLogin(id)).body, (await test.api.serviceLogin(id)).body];
      await end(a.session.id);
      for (const text of ['x', 'ost_', `${a.token.slice(0, -8)}${b.token.slice(-8)}`, PASSWORD]) {
        expect(await introspect(text)).toEqual({ active: false, code: 'invalid_token' });
      }
    });
  });

  describe('ending', () => {
    it('ends one session, answers the same once it has ended, and knows what never was', async () => {
      const { id } = await aPerson();
      const { token, session } = (await test.api.serviceLogin(id)).body;
      expect([(await end(session.id)).status, (await end(session.id)).status]).toEqual([204, 204]);
      expect((await test.api.current(token)).body.code).toBe('session_revoked_by_service');
      expect((await end(randomUUID())).body).toMatchObject({ status: 404, code: 'session_not_found' });
    });

    it('lists and ends all of a person', async () => {
      const { id } = await aPerson();
      const ids = [];
      for (let i = 0; i < 3; i++) ids.unshift((await test.api.serviceLogin(id)).body.session.id);
      const path = `/v1/service/users/${id}/sessions`;
      const list = async (query: string) => (await test.api.get(path + query, { service: true })).body;
      const idsOf = ({ items }: { items: { id: string }[] }) => items.map((item) => item.id);
      expect(idsOf(await list(''))).toEqual(ids.slice(0, 2));
      const page = await list('?state=all&limit=2');
      expect([...idsOf(page), ...idsOf(await list(`?state=all&cursor=${page.nextCursor}`))]).toEqual(ids);
      expect((await test.api.delete(path, { service: true })).body).toEqual({ ended: 2 });
      expect((await test.api.delete(path, { service: true })).body).toEqual({ ended: 0 });
      expect(idsOf(await list(''))).toEqual([]);
      const unknown = `/v1/service/users/${randomUUID()}/sessions`;
      for (const method of ['GET', 'DELETE']) {
        expect((await test.api.call(method, unknown, { service: true })).body.code).toBe('user_not_found');
      }
    });
  });
});
