import { LAPTOP, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: the story', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine);
  });
  afterAll(() => test.close());

  it('signs the first device out at once, tells it why, and tells the second of the new device', async () => {
    const { api } = test;
    const { mobile } = await api.createUser();

    const laptop = await api.login(mobile, LAPTOP);
    expect(laptop.status).toBe(201);
    expect(laptop.body.displaced).toEqual([]);
    const phone = await api.login(mobile, PHONE);
    expect(phone.status).toBe(201);
    expect(phone.body.displaced.map(({ id }: { id: string }) => id)).toEqual([laptop.body.session.id]);

    const refused = await api.current(laptop.body.token);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(refused.body).toMatchObject({
      code: 'session_displaced',
      endedBy: {
        sessionId: phone.body.session.id,
        device: { name: 'Safari on iOS', class: 'mobile' },
        ip: '127.0.0.1',
      },
    });
    expect(refused.body.endedAt).toBe(phone.body.session.createdAt);

    const current = await api.current(phone.body.token);
    expect(current.status).toBe(200);
    expect(current.body.session).toMatchObject({ id: phone.body.session.id, state: 'live', current: true });

    const inbox = await api.inbox(phone.body.token, (kinds) => kinds.length === 2);
    expect(inbox.map(({ kind }) => kind).sort()).toEqual(['new_device', 'session_displaced']);

    const ended = await api.delete(`/v1/sessions/${phone.body.session.id}`, { token: phone.body.token });
    expect(ended.status).toBe(204);
    expect((await api.current(phone.body.token)).body.code).toBe('session_logged_out');
  });
});
