import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { connect } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: presence', (engine) => {
  let test: TestApp;
  let asha: { id: string; token: string };
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: '3', SESSION_IDLE_TIMEOUT: '600' });
    const { id } = await test.api.createUser();
    asha = { id, token: (await test.api.serviceLogin(id)).body.token };
  });
  afterAll(() => test.close());

  const of = (userId: string) => test.api.get(`/v1/users/${userId}/presence`, { token: asha.token });

  it('is online while there is a socket, and the latest use of any session otherwise', async () => {
    const { id } = await test.api.createUser();
    const first = (await test.api.serviceLogin(id, { deviceId: 'laptop' })).body;
    await test.api.acquaint(asha, { id, token: first.token });
    expect((await of(id)).body).toEqual({ online: false, lastSeenAt: first.session.lastSeenAt });
    test.clock.advance(1000);
    const second = (await test.api.serviceLogin(id, { deviceId: 'phone' })).body;
    expect((await of(id)).body).toEqual({ online: false, lastSeenAt: second.session.lastSeenAt });

    const socket = await connect(test.url, first.token);
    expect((await of(id)).body.online).toBe(true);
    socket.close();
    await eventually(
      () => of(id),
      ({ body }) => !body.online,
    );
    test.clock.advance(300_000);
    await test.api.current(first.token);
    const later = await eventually(
      () => of(id),
      ({ body }) => body.lastSeenAt > second.session.lastSeenAt,
    );
    expect(later.body).toEqual({ online: false, lastSeenAt: expect.any(String) });
    expect(Date.parse(later.body.lastSeenAt) - Date.parse(second.session.lastSeenAt)).toBeGreaterThanOrEqual(300_000);
  });

  it('ends with the session that the socket belongs to', async () => {
    const { id } = await test.api.createUser();
    const login = (await test.api.serviceLogin(id)).body;
    await test.api.acquaint(asha, { id, token: login.token });
    const socket = await connect(test.url, login.token);
    await test.api.delete('/v1/sessions/current', { token: login.token });
    await socket.hear('disconnect');
    const { body } = await eventually(
      () => of(id),
      (answer) => !answer.body.online,
    );
    expect(body).toEqual({ online: false, lastSeenAt: login.session.lastSeenAt });
  });

  it('is nothing of a stranger, nor of somebody to whom one has written without an answer', async () => {
    const { id } = await test.api.createUser();
    const login = (await test.api.serviceLogin(id)).body;
    const socket = await connect(test.url, login.token);
    const refused = { status: 404, body: { code: 'user_not_found' } };
    expect(await of(id)).toMatchObject(refused);
    await test.api.post('/v1/messages', { token: asha.token, body: { to: id, text: 'Are you there?' } });
    expect(await of(id)).toMatchObject(refused);
    const asked = await test.api.get(`/v1/users/${asha.id}/presence`, { token: login.token });
    expect(asked).toMatchObject(refused);
    await test.api.post('/v1/messages', { token: login.token, body: { to: asha.id, text: 'Yes.' } });
    expect((await of(id)).body).toMatchObject({ online: true });
    expect((await of(asha.id)).body).toMatchObject({ online: false });
    socket.close();
  });

  it('is nothing of somebody who does not exist', async () => {
    expect(await of(randomUUID())).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
    expect((await of('me')).status).toBe(400);
  });
});
