import { LAPTOP, PASSWORD, type Api } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { ENGINES, newStore } from '../../support/stores.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, SESSION_LIMIT: '2' };

const loginAs = (api: Api, password: string) => api.login(ADMIN.username, LAPTOP, { password });

describe.each(ENGINES)('%s: an administrator', (engine) => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    token = (await loginAs(test.api, ADMIN.password)).body.token;
  });
  afterAll(() => test.close());

  const edit = (id: string, body: object, by = token) => test.api.patch(`/v1/admin/users/${id}`, { token: by, body });

  it('locks a person out at once, and lets them in again', async () => {
    const { id, mobile } = await test.api.createUser();
    const live = (await test.api.serviceLogin(id)).body.token as string;
    expect((await edit(id, { locked: true })).status).toBe(200);
    expect((await test.api.current(live)).body.code).toBe('session_user_locked');
    const [locked, unknown] = [await test.api.login(mobile), await test.api.login('nobody.at.all')];
    expect(locked.status).toBe(401);
    expect({ ...locked.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect((await test.api.serviceLogin(id)).body).toMatchObject({ status: 403, code: 'user_locked' });
    expect((await edit(id, { locked: false })).status).toBe(200);
    expect((await test.api.login(mobile)).status).toBe(201);
    expect((await test.api.current(live)).body.code).toBe('session_user_locked');
  });

  it('is nobody else, and cannot lock or demote themselves', async () => {
    const { id, mobile } = await test.api.createUser();
    const user = (await test.api.login(mobile)).body.token as string;
    expect((await edit(id, { role: 'admin' }, user)).body).toMatchObject({ status: 403, code: 'admin_required' });
    const me = (await test.api.get('/v1/users/me', { token })).body;
    expect(me.role).toBe('admin');
    for (const body of [{ locked: true }, { role: 'user' }]) {
      expect((await edit(me.id, body)).body).toMatchObject({ status: 409, code: 'own_account' });
    }
  });

  it('reads of a mistake which field it is in', async () => {
    const { id } = await test.api.createUser();
    for (const [field, body] of [
      ['role', { role: 'root' }],
      ['locked', { locked: 'yes' }],
      ['mobile', { mobile: '9012345678' }],
    ] as const) {
      expect((await edit(id, body)).body).toMatchObject({ status: 400, errors: [{ field }] });
    }
  });
});

describe.each(ENGINES)('%s: the first administrator', (engine) => {
  it('comes from the environment once: a password changed since then stays changed', async () => {
    const store = newStore(engine);
    const first = await startApp(engine, SETTINGS, store);
    const { token } = (await loginAs(first.api, ADMIN.password)).body;
    const body = { currentPassword: ADMIN.password, newPassword: PASSWORD };
    expect((await first.api.put('/v1/users/me/password', { token, body })).status).toBe(204);
    await first.close();
    const second = await startApp(engine, SETTINGS, store);
    const answers = [await loginAs(second.api, ADMIN.password), await loginAs(second.api, PASSWORD)];
    await second.close();
    await store.dispose();
    expect(answers.map(({ status }) => status)).toEqual([401, 201]);
    expect(answers[1]!.body.user.role).toBe('admin');
  });

  it('is never somebody who took the name before', async () => {
    const store = newStore(engine);
    const before = await startApp(engine, {}, store);
    await before.api.createUser({ username: ADMIN.username.toUpperCase() });
    await before.close();
    const after = await startApp(engine, SETTINGS, store);
    const answers = [await loginAs(after.api, ADMIN.password), await loginAs(after.api, PASSWORD)];
    await after.close();
    await store.dispose();
    expect(answers.map(({ status, body }) => [status, body.user?.role])).toEqual([
      [401, undefined],
      [201, 'user'],
    ]);
  });
});
