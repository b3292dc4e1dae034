import { randomUUID } from 'node:crypto';
import { PHONE, SERVICE_KEY } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { adminToken } from '../../support/people.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const SETTINGS = {
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
  // Somebody who becomes an administrator here is logged in by the service.
  SERVICE_KEYS: `test:${SERVICE_KEY};all+admins`,
};
const ENVIRONMENT = { limit: 1, per: 'user', onLimit: 'end-oldest', idleTimeout: 1800, maxAge: 2_592_000 };
const REFUSE = { ...ENVIRONMENT, onLimit: 'refuse' };

describe.each(ENGINES)('%s: a policy set at run time', (engine) => {
  let store: TestStore;
  let here: TestApp;
  /** Another process on the same store, where people log in. */
  let there: TestApp;
  let token: string;
  beforeAll(async () => {
    store = newStore(engine);
    here = await startApp(engine, SETTINGS, store);
    there = await startApp(engine, SETTINGS, store);
    token = await adminToken(here.api);
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await store.dispose();
  });
  afterEach(async () => {
    for (const path of ['policy', 'roles/user/policy', 'roles/admin/policy']) await remove(path);
  });

  const read = (path: string) => here.api.get(`/v1/admin/${path}`, { token });
  const put = (path: string, body: object) => here.api.put(`/v1/admin/${path}`, { token, body });
  const remove = (path: string) => here.api.delete(`/v1/admin/${path}`, { token });

  /** How many of three logins one after the other are live in the end. */
  async function admitted(id: string): Promise<number> {
    await there.api.delete(`/v1/service/users/${id}/sessions`, { service: true });
    for (let i = 0; i < 3; i++) await there.api.serviceLogin(id);
    const { body } = await there.api.get(`/v1/service/users/${id}/sessions`, { service: true });
    return body.items.length;
  }

  it('takes hold at the next login on another node, the narrowest scope first', async () => {
    const { id } = await here.api.createUser();
    expect((await read(`users/${id}/policy`)).body).toEqual({ policy: ENVIRONMENT, source: 'environment' });
    expect(await admitted(id)).toBe(1);

    const everybody = { ...ENVIRONMENT, limit: 2 };
    expect(await put('policy', everybody)).toMatchObject({
      status: 200,
      body: { policy: everybody, source: 'global' },
    });
    expect(await admitted(id)).toBe(2);

    await put('roles/user/policy', { ...ENVIRONMENT, limit: 1 });
    expect((await read(`users/${id}/policy`)).body.source).toBe('role');
    expect((await read('roles/admin/policy')).body.source).toBe('global');
    expect(await admitted(id)).toBe(1);

    await put(`users/${id}/policy`, { ...ENVIRONMENT, limit: null });
    expect((await read(`users/${id}/policy`)).body).toMatchObject({ policy: { limit: null }, source: 'user' });
    expect(await admitted(id)).toBe(3);

    expect((await remove(`users/${id}/policy`)).status).toBe(204);
    expect((await read(`users/${id}/policy`)).body.source).toBe('role');
    await remove('roles/user/policy');
    await remove('policy');
    expect((await remove('policy')).status).toBe(204);
    expect((await read('policy')).body).toEqual({ policy: ENVIRONMENT, source: 'environment' });
    expect(await admitted(id)).toBe(1);
  });

  it('is that of the role which the account has now', async () => {
    const { id } = await here.api.createUser();
    await put('roles/admin/policy', { ...ENVIRONMENT, limit: 3 });
    expect(await admitted(id)).toBe(1);
    await here.api.patch(`/v1/admin/users/${id}`, { token, body: { role: 'admin' } });
    expect(await admitted(id)).toBe(3);
  });

  it('leaves live sessions as they are, and gives the next one its timeouts', async () => {
    const { id } = await here.api.createUser();
    const before = (await there.api.serviceLogin(id)).body;
    await put(`users/${id}/policy`, { ...REFUSE, limit: 2, idleTimeout: 60, maxAge: 120 });
    const next = (await there.api.serviceLogin(id)).body.session;
    expect(Date.parse(next.idleExpiresAt) - Date.parse(next.createdAt)).toBe(60_000);
    expect(Date.parse(next.expiresAt) - Date.parse(next.createdAt)).toBe(120_000);
    expect((await there.api.current(before.token)).body.session).toMatchObject({ expiresAt: before.session.expiresAt });
    expect((await there.api.serviceLogin(id, { userAgent: PHONE })).body.code).toBe('session_limit_reached');
  });

  it('refuses what is no policy, naming the field', async () => {
    for (const [field, more] of [
      ['limit', { limit: 0 }],
      ['limit', { limit: 1001 }],
      ['limit', { limit: '2' }],
      ['limit', { limit: undefined }],
      ['per', { per: 'device' }],
      ['onLimit', { onLimit: 'end' }],
      ['idleTimeout', { idleTimeout: 0 }],
      ['maxAge', { maxAge: null }],
      ['role', { role: 'admin' }],
    ] as const) {
      const { status, body } = await put('policy', { ...ENVIRONMENT, ...more });
      expect(status).toBe(400);
      expect(new Set(body.errors.map((error: { field: string }) => error.field))).toEqual(new Set([field]));
    }
    expect((await read('policy')).body.source).toBe('environment');
  });

  it('is for roles and users that there are', async () => {
    expect((await put('roles/root/policy', ENVIRONMENT)).body).toMatchObject({
      status: 400,
      errors: [{ field: 'role' }],
    });
    const nobody = `users/${randomUUID()}/policy`;
    const answers = [await read(nobody), await put(nobody, ENVIRONMENT), await remove(nobody)];
    expect(answers.map(({ body }) => body.code)).toEqual(Array(3).fill('user_not_found'));
    expect((await read('users/me/policy')).status).toBe(400);
  });
});
