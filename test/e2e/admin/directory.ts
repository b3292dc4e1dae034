import { randomBytes, randomUUID } from 'node:crypto';
import { PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { adminToken } from '../../support/people.js';
import { ENGINES } from '../../support/stores.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, SESSION_LIMIT: '10' };

const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

describe.each(ENGINES)('%s: what an administrator looks up', (engine) => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    token = await adminToken(test.api);
  });
  afterAll(() => test.close());

  const read = (path: string) => test.api.get(`/v1/admin/${path}`, { token });
  const search = (query: string, more = '') => read(`users?query=${encodeURIComponent(query)}${more}`);

  it('finds people by part of any name, whatever its case', async () => {
    const tag = randomBytes(4).toString('hex');
    const { id, mobile } = await test.api.createUser({
      username: `find.${tag}`,
      email: `Offi.${tag}@Example.com`,
      displayName: `Zoë ÅKERMAN ${tag}`,
    });
    for (const query of [`FIND.${tag}`, `offi.${tag}@EXAMPLE`, `zoË åkerman ${tag}`, mobile.slice(2)]) {
      expect([query, idsOf(await search(query))]).toEqual([query, [id]]);
    }
    expect((await search(`.${tag}.*`)).body).toEqual({ items: [], nextCursor: null });
    const [found] = (await search(tag)).body.items;
    expect(found).toMatchObject({ mobile, role: 'user', locked: false });
    expect(JSON.stringify(found)).not.toMatch(/hash|argon/i);
  });

  it('lists everybody, newest first, page by page, also those of a search', async () => {
    const tag = randomBytes(4).toString('hex');
    const people: string[] = [];
    for (let i = 0; i < 3; i++) people.unshift((await test.api.createUser({ displayName: `${tag} ${i}` })).id);
    for (const path of [`users?limit=2`, `users?limit=2&query=${tag}`]) {
      const first = await read(path);
      const second = await read(`${path}&cursor=${first.body.nextCursor}`);
      expect([...idsOf(first), ...idsOf(second)].slice(0, 3)).toEqual(people);
    }
    expect((await read('users?query=')).body).toMatchObject({ status: 400, errors: [{ field: 'query' }] });
    expect((await read('users?query=%00')).status).toBe(400);
  });

  it('shows one user with lock, live sessions and the policy in force', async () => {
    const { id } = await test.api.createUser();
    await test.api.serviceLogin(id);
    await test.api.serviceLogin(id);
    expect((await read(`users/${id}`)).body).toMatchObject({
      id,
      locked: false,
      liveSessions: 2,
      policy: { policy: { limit: 10 }, source: 'environment' },
    });
    await test.api.patch(`/v1/admin/users/${id}`, { token, body: { locked: true } });
    expect((await read(`users/${id}`)).body).toMatchObject({ locked: true, liveSessions: 0 });
    expect((await read(`users/${randomUUID()}`)).body.code).toBe('user_not_found');
  });

  it('lists the sessions of everybody and ends them, one or all of a user', async () => {
    const [asha, ravi] = [await test.api.createUser(), await test.api.createUser()];
    const ipAddress = '198.51.100.77';
    const first = (await test.api.serviceLogin(asha.id, { ipAddress })).body;
    const second = (await test.api.serviceLogin(ravi.id, { ipAddress, userAgent: PHONE })).body;
    const third = (await test.api.serviceLogin(asha.id, { ipAddress })).body;
    const sessions = (more = '') => read(`sessions?ip=${ipAddress}${more}`);
    expect(idsOf(await sessions())).toEqual([third, second, first].map(({ session }) => session.id));
    expect(idsOf(await sessions('&deviceClass=mobile'))).toEqual([second.session.id]);
    const page = await sessions('&limit=1');
    expect(idsOf(await sessions(`&limit=1&cursor=${page.body.nextCursor}`))).toEqual([second.session.id]);

    const end = () => test.api.delete(`/v1/admin/sessions/${second.session.id}`, { token });
    expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
    expect((await test.api.current(second.token)).body.code).toBe('session_revoked_by_admin');
    const [ended] = (await sessions('&state=ended')).body.items;
    expect(ended).toMatchObject({ id: second.session.id, endReason: 'revoked_by_admin', current: false });

    const endAll = () => test.api.delete(`/v1/admin/users/${asha.id}/sessions`, { token });
    expect([(await endAll()).body, (await endAll()).body]).toEqual([{ ended: 2 }, { ended: 0 }]);
    expect((await test.api.current(third.token)).body.code).toBe('session_revoked_by_admin');
    expect(idsOf(await read(`sessions?userId=${asha.id}`))).toEqual([]);
    expect(idsOf(await read(`sessions?userId=${asha.id}&state=all`))).toEqual([third.session.id, first.session.id]);
    for (const path of [`sessions/${randomUUID()}`, `users/${randomUUID()}/sessions`]) {
      expect((await test.api.delete(`/v1/admin/${path}`, { token })).status).toBe(404);
    }
  });

  it.each([
    ['2001:DB8:0::1', '2001:db8::1'],
    ['2001:db8::2', '2001:DB8:0:0:0:0:0:2'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['198.51.100.79', '::FFFF:198.51.100.79'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('finds a login from %s by %s', async (ipAddress, asked) => {
    const { id } = await test.api.createUser();
    const { session } = (await test.api.serviceLogin(id, { ipAddress })).body;
    const found = await read(`sessions?userId=${id}&ip=${encodeURIComponent(asked)}`);
    expect(idsOf(found)).toEqual([session.id]);
    const { ip } = found.body.items[0];
    expect([ip, ip.toLowerCase()]).toEqual([session.ip, session.ip]);
  });

  it('lists no session as live that the clock has ended', async () => {
    const { id } = await test.api.createUser();
    await test.api.put(`/v1/admin/users/${id}/policy`, {
      token,
      body: { limit: 1, per: 'user', onLimit: 'refuse', idleTimeout: 1, maxAge: 600 },
    });
    const { session } = (await test.api.serviceLogin(id, { ipAddress: '198.51.100.78' })).body;
    test.clock.advance(1000);
    expect((await read('sessions?ip=198.51.100.78')).body.items).toEqual([]);
    const [ended] = (await read('sessions?ip=198.51.100.78&state=all')).body.items;
    expect(ended).toMatchObject({ id: session.id, endReason: 'idle_timeout' });
  });
});
