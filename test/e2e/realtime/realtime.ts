import { Outbox } from '../../../src/outbox/index.js';
import { SessionStore } from '../../../src/sessions/index.js';
import { PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { holdNextRead } from '../../support/faults.js';
import { adminToken, PEOPLE_SETTINGS } from '../../support/people.js';
import { connect, TRANSPORTS, type TestSocket } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';
import { byTier } from '../../support/tier.js';

describe.each(ENGINES)('%s: sockets', (engine) => {
  let test: TestApp;
  const open: TestSocket[] = [];
  beforeAll(async () => {
    test = await startApp(engine, { ...PEOPLE_SETTINGS, SESSION_LIMIT: '2', SESSION_ON_LIMIT: 'end-oldest' });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close();
  });
  afterAll(() => test.close());

  /** Until its events are handed on: a socket that connects then hears of later ones only. */
  const login = async (userId: string, deviceId: string, more: object = {}) => {
    const { body } = await test.api.serviceLogin(userId, { deviceId, ...more });
    await test.app.get(Outbox).idle();
    return body;
  };
  const connected = async (token: string, options = {}) => {
    const socket = await connect(test.url, token, options);
    open.push(socket);
    return socket;
  };
  /** A person with a socket on each of these devices. */
  async function personOn(...devices: string[]) {
    const { id } = await test.api.createUser();
    const logins = [];
    for (const device of devices) logins.push(await login(id, device));
    const sockets = [];
    for (const { token } of logins) sockets.push(await connected(token));
    return { id, logins, sockets };
  }

  describe.each(TRANSPORTS)('over %s', (transport) => {
    it('tell the displaced device why, then close', async () => {
      const { id } = await test.api.createUser();
      const [first] = [await login(id, 'laptop'), await login(id, 'tablet')];
      const socket = await connected(first.token, { transports: [transport] });
      const { session, displaced } = await login(id, 'phone', { userAgent: PHONE });
      expect(displaced).toHaveLength(1);
      await socket.hear('disconnect');
      expect(socket.heard).toEqual([
        ['session.ended', { id: first.session.id, reason: 'displaced', endedBy: displaced[0].endedBy }],
        ['disconnect', 'io server disconnect'],
      ]);
      expect(displaced[0].endedBy.sessionId).toBe(session.id);
      expect((await test.api.current(first.token)).body.code).toBe('session_displaced');
    });
  });

  it('tell the other devices what began and what ended, and the newcomer nothing of itself', async () => {
    const { id, logins, sockets } = await personOn('laptop', 'tablet');
    const third = await login(id, 'phone');
    const phone = await connected(third.token);
    const [ended] = await sockets[1]!.hear('session.ended');
    expect(ended).toEqual({ id: logins[0].session.id, reason: 'displaced', endedBy: third.displaced[0].endedBy });
    const [started] = await sockets[1]!.hear('session.started');
    expect(started).toEqual({ ...third.session, current: false });
    await test.api.delete(`/v1/sessions/${logins[1].session.id}`, { token: third.token });
    await phone.hear('session.ended');
    expect(phone.heard).toEqual([['session.ended', { id: logins[1].session.id, reason: 'revoked' }]]);
  });

  it('tell of a notice that the inbox has, but not the session that it warns of', async () => {
    const { id, sockets } = await personOn('laptop');
    const second = await login(id, 'phone');
    const phone = await connected(second.token);
    const [notice] = await sockets[0]!.hear('notification.created');
    expect(notice).toMatchObject({ kind: 'new_device', session: { id: second.session.id } });
    const { items } = (await test.api.get('/v1/notifications', { token: second.token })).body;
    expect(items).toEqual([notice]);
    await login(id, 'tablet');
    await phone.hear('notification.created', 2);
    const heard = phone.heard.filter(([event]) => event === 'notification.created').map(([, payload]) => payload);
    expect(heard.map(({ kind }) => kind).sort()).toEqual(['new_device', 'session_displaced']);
  });

  it.each<[reason: string, end: (person: { id: string; token: string; sessionId: string }) => Promise<unknown>]>([
    ['logged_out', ({ token }) => test.api.delete('/v1/sessions/current', { token })],
    ['revoked_by_service', ({ sessionId }) => test.api.delete(`/v1/service/sessions/${sessionId}`, { service: true })],
    [
      'revoked_by_admin',
      async ({ sessionId }) => test.api.delete(`/v1/sessions/${sessionId}`, { token: await adminToken(test.api) }),
    ],
    [
      'user_locked',
      async ({ id }) =>
        test.api.patch(`/v1/admin/users/${id}`, { token: await adminToken(test.api), body: { locked: true } }),
    ],
  ])('close with %s', async (reason, end) => {
    const { id, logins, sockets } = await personOn('laptop');
    await end({ id, token: logins[0].token, sessionId: logins[0].session.id });
    await sockets[0]!.hear('disconnect');
    expect(sockets[0]!.heard).toEqual([
      ['session.ended', { id: logins[0].session.id, reason }],
      ['disconnect', 'io server disconnect'],
    ]);
  });

  it('hear nothing of somebody else', async () => {
    const [mine, theirs] = [await personOn('laptop'), await personOn('laptop')];
    await login(theirs.id, 'phone');
    await theirs.sockets[0]!.hear('notification.created');
    await test.api.delete('/v1/sessions/current', { token: theirs.logins[0].token });
    await theirs.sockets[0]!.hear('disconnect');
    await test.api.delete('/v1/sessions/current', { token: mine.logins[0].token });
    await mine.sockets[0]!.hear('disconnect');
    expect(mine.sockets[0]!.events()).toEqual(['session.ended', 'disconnect']);
  });

  it('never outlive a session that ends while they connect', async () => {
    const { id } = await test.api.createUser();
    let longest = 0;
    const rounds = byTier({ quick: 5, full: 20, long: 20 });
    for (let round = 0; round < rounds; round++) {
      const { token } = await login(id, `one-${round}`);
      const sockets = Array.from({ length: 4 }, () => connected(token).catch(() => null));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
      await test.api.delete('/v1/sessions/current', { token });
      const letIn = (await Promise.all(sockets)).filter((socket) => socket !== null);
      const since = performance.now();
      for (const socket of letIn) {
        await socket.hear('disconnect');
        expect(socket.events()).toEqual(['session.ended', 'disconnect']);
      }
      longest = Math.max(longest, performance.now() - since);
    }
    // What only the recheck finds would have taken up to three seconds.
    expect(longest).toBeLessThan(1000);
  });

  it('close at once where the session ends between the look at it and the connection', async () => {
    const { id, logins, sockets } = await personOn('laptop', 'tablet');
    const { resume, hasRead } = holdNextRead(test.app.get(SessionStore));
    const late = connected(logins[0].token);
    await hasRead;
    await test.api.delete(`/v1/sessions/${logins[0].session.id}`, { token: logins[1].token });
    await sockets[1]!.hear('session.ended');
    const since = performance.now();
    resume();
    const socket = await late;
    await socket.hear('disconnect');
    const [end] = socket.heard.filter(([event]) => event === 'session.ended');
    expect(end).toEqual(['session.ended', { id: logins[0].session.id, reason: 'revoked' }]);
    // What only the recheck finds takes up to three seconds.
    expect(performance.now() - since).toBeLessThan(500);
    expect(sockets[1]!.events().filter((event) => event === 'session.ended')).toHaveLength(1);
    expect((await test.api.get(`/v1/users/${id}/presence`, { token: logins[1].token })).body.online).toBe(true);
  });
});
