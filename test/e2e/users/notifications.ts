import { randomUUID } from 'node:crypto';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { ENGINES } from '../../support/stores.js';

const HOUR = 3_600_000;

interface Notice {
  id: string;
  kind: string;
  createdAt: string;
  readAt: string | null;
  session: { id: string } | null;
  device: object;
  ip: string;
}

describe.each(ENGINES)('%s: notifications', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: '3' });
  });
  afterAll(() => test.close());

  /** A person with a session on each of these devices of theirs. */
  async function personOn(...deviceIds: string[]) {
    const person = await test.api.createUser();
    const logins = [];
    for (const deviceId of deviceIds) logins.push((await test.api.serviceLogin(person.id, { deviceId })).body);
    return { ...person, logins, tokens: logins.map(({ token }) => token as string) };
  }

  /** The notices, once there are so many. */
  async function inbox(token: string, count: number, query = ''): Promise<Notice[]> {
    await test.api.inbox(token, (kinds) => kinds.length >= count);
    return (await test.api.get(`/v1/notifications${query}`, { token })).body.items;
  }

  const about = (notices: Notice[], kind: string) =>
    notices.filter((notice) => notice.kind === kind).map(({ session }) => session?.id);
  const mark = (token: string, id: string, read = true) =>
    test.api.patch(`/v1/notifications/${id}`, { token, body: { read } });

  describe('kinds', () => {
    it('login_unproven: for who looks like a device of the person, once per network and day, in the inbox alone', async () => {
      const { id, mobile } = await test.api.createUser();
      const cookies = (await test.api.login(mobile)).headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
      const headers = { cookie: cookies.find((cookie) => cookie!.startsWith('device'))! };
      const thief = await test.api.login(mobile);
      const own = (await test.api.login(mobile, LAPTOP, { headers })).body;
      expect(thief.body.newDevice).toBe(false);
      const [notice, ...more] = await inbox(own.token, 1);
      expect(more).toEqual([]);
      expect(notice).toMatchObject({ kind: 'login_unproven', session: { id: thief.body.session.id }, ip: '127.0.0.1' });
      // Neither in its own session nor in another one of its device.
      const refused = await mark(thief.body.token, notice!.id);
      expect(refused).toMatchObject({ status: 409, body: { code: 'notification_about_this_session' } });
      await test.api.delete('/v1/sessions/current', { token: thief.body.token });
      await test.api.login(mobile);
      // What comes after it has come, so it would be there.
      await test.api.serviceLogin(id, { deviceId: 'a tablet' });
      expect((await inbox(own.token, 2)).map(({ kind }) => kind)).toEqual(['new_device', 'login_unproven']);
      expect((await test.api.post(`/v1/notifications/${notice!.id}/report`, { token: own.token })).status).toBe(200);
      const sessions = (await test.api.get(`/v1/service/users/${id}/sessions`, { service: true })).body.items;
      expect(sessions.map((session: { id: string }) => session.id)).toEqual([own.session.id]);
    });

    it('new_device: for every device once, never for the first login of the account', async () => {
      const { id, logins, tokens } = await personOn('laptop', 'phone', 'phone', 'laptop', 'tablet');
      const notices = await inbox(tokens[4]!, 2);
      expect(about(notices, 'new_device')).toEqual([logins[4].session.id, logins[1].session.id]);
      expect(notices).toHaveLength(2);
      const { id: device, name, class: deviceClass } = logins[4].session.device;
      expect(notices[0]).toEqual({
        id: expect.any(String),
        kind: 'new_device',
        createdAt: logins[4].session.createdAt,
        readAt: null,
        session: { id: logins[4].session.id },
        device: { id: device, name, class: deviceClass },
        ip: '203.0.113.7',
      });
      expect(logins.map(({ newDevice }) => newDevice)).toEqual([true, true, false, false, true]);
      expect(id).toBe(logins[0].session.userId);
    });

    it('session_displaced: once per login that displaced, not where a device replaced its own session', async () => {
      const { logins, tokens } = await personOn('a', 'b', 'c', 'c', 'd');
      const notices = await inbox(tokens[4]!, 4);
      expect(notices.map(({ kind }) => kind).sort()).toEqual([
        'new_device',
        'new_device',
        'new_device',
        'session_displaced',
      ]);
      expect(about(notices, 'session_displaced')).toEqual([logins[4].session.id]);
    });

    it('session_revoked: about the session that revoked, or about none where a service did', async () => {
      const { id, logins, tokens } = await personOn('a', 'b', 'c');
      await test.api.delete('/v1/sessions?except=current', { token: tokens[0]! });
      const again = (await test.api.serviceLogin(id, { deviceId: 'b' })).body;
      await test.api.delete(`/v1/service/sessions/${again.session.id}`, { service: true });
      const notices = await inbox(tokens[0]!, 4);
      expect(about(notices, 'session_revoked')).toEqual([undefined, logins[0].session.id]);
    });

    it('password_changed and contact_changed: about the session that changed them', async () => {
      const { logins, tokens } = await personOn('a');
      const body = { email: `${randomUUID()}@example.com`, currentPassword: PASSWORD };
      await test.api.patch('/v1/users/me', { token: tokens[0]!, body });
      const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}-2` };
      await test.api.put('/v1/users/me/password', { token: tokens[0]!, body: change });
      const notices = await inbox(tokens[0]!, 2);
      expect(notices.map(({ kind }) => kind)).toEqual(['password_changed', 'contact_changed']);
      expect(notices.map(({ session }) => session?.id)).toEqual(Array(2).fill(logins[0].session.id));
    });

    it('none for what the holder or the clock did', async () => {
      const { id, tokens } = await personOn('a', 'a', 'a');
      await test.api.delete('/v1/sessions/current', { token: tokens[2]! });
      const later = (await test.api.serviceLogin(id, { deviceId: 'a' })).body;
      await test.api.patch('/v1/users/me', { token: later.token, body: { displayName: 'Asha' } });
      test.clock.advance(HOUR);
      const next = (await test.api.serviceLogin(id, { deviceId: 'b' })).body;
      expect((await inbox(next.token, 1)).map(({ kind }) => kind)).toEqual(['new_device']);
    });
  });

  describe('reading', () => {
    it('is not for the session that the notice warns of', async () => {
      const { logins, tokens } = await personOn('laptop', 'phone');
      const [notice] = await inbox(tokens[0]!, 1);
      expect(notice!.session!.id).toBe(logins[1].session.id);
      for (const read of [true, false]) {
        const refused = await mark(tokens[1]!, notice!.id, read);
        expect(refused.body).toMatchObject({ status: 409, code: 'notification_about_this_session' });
      }
      const marked = await mark(tokens[0]!, notice!.id);
      expect(marked).toMatchObject({ status: 200, body: { id: notice!.id, readAt: expect.any(String) } });
      test.clock.advance(1000);
      expect((await mark(tokens[0]!, notice!.id)).body.readAt).toBe(marked.body.readAt);
      expect((await mark(tokens[0]!, notice!.id, false)).body.readAt).toBeNull();
    });

    it('of all passes over what warns of the asking session', async () => {
      const { logins, tokens } = await personOn('a', 'b', 'c');
      await inbox(tokens[1]!, 2);
      const count = async () => (await test.api.get('/v1/notifications', { token: tokens[0]! })).body.unread as number;
      expect(await count()).toBe(2);
      expect((await test.api.post('/v1/notifications/read-all', { token: tokens[1]! })).status).toBe(204);
      expect(await count()).toBe(1);
      const unread = await inbox(tokens[0]!, 1, '?unread=true');
      expect(unread.map(({ session }) => session!.id)).toEqual([logins[1].session.id]);
      expect(await inbox(tokens[0]!, 2)).toHaveLength(2);
    });

    it("is not for somebody else's notices", async () => {
      const [mine, theirs] = [await personOn('a', 'b'), await personOn('a', 'b')];
      const [notice] = await inbox(theirs.tokens[0]!, 1);
      for (const id of [notice!.id, randomUUID()]) {
        expect((await mark(mine.tokens[0]!, id)).body).toMatchObject({ status: 404, code: 'notification_not_found' });
      }
      await inbox(mine.tokens[0]!, 1);
      await test.api.post('/v1/notifications/read-all', { token: mine.tokens[0]! });
      expect((await inbox(theirs.tokens[0]!, 1))[0]!.readAt).toBeNull();
    });

    it('leads through all pages, newest first, none twice and none left out', async () => {
      const { tokens } = await personOn('a', 'b', 'c', 'd', 'e');
      const all = await inbox(tokens[4]!, 6);
      expect(all).toHaveLength(6);
      const seen: Notice[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor ? `&cursor=${cursor}` : '';
        const { body } = await test.api.get(`/v1/notifications?limit=1${query}`, { token: tokens[4]! });
        seen.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor);
      expect(seen).toEqual(all);
      const times = seen.map(({ createdAt }) => createdAt);
      expect(times).toEqual([...times].sort().reverse());
    });

    it('takes a yes or a no, and nothing else', async () => {
      const { tokens } = await personOn('a', 'b');
      const [notice] = await inbox(tokens[0]!, 1);
      for (const body of [{}, { read: 'true' }, { read: 1 }, { read: null }]) {
        const refused = await test.api.patch(`/v1/notifications/${notice!.id}`, { token: tokens[0]!, body });
        expect(refused.body).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ field: 'read' }] });
      }
      expect((await test.api.get('/v1/notifications?unread=maybe', { token: tokens[0]! })).status).toBe(400);
    });
  });
});

describe.each(ENGINES)('%s: notifications under refuse', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_ON_LIMIT: 'refuse', SESSION_IDLE_TIMEOUT: '86400' });
  });
  afterAll(() => test.close());

  it('tell of refused logins once per kind of device, network and hour', async () => {
    test.clock.advance(HOUR - (test.clock.now().getTime() % HOUR));
    const { id, mobile } = await test.api.createUser();
    const { token } = (await test.api.serviceLogin(id)).body;
    const refused = async (more: object) => (await test.api.serviceLogin(id, more)).status;
    const statuses = [
      await refused({ userAgent: PHONE, ipAddress: '198.51.100.1' }),
      await refused({ userAgent: PHONE, ipAddress: '198.51.100.99' }),
      await refused({ userAgent: PHONE, ipAddress: '198.51.101.1' }),
      await refused({ userAgent: LAPTOP, ipAddress: '198.51.100.1' }),
      (await test.api.login(mobile, LAPTOP, { password: 'wrong password' })).status,
    ];
    expect(statuses).toEqual([409, 409, 409, 409, 401]);
    test.clock.advance(HOUR);
    await refused({ userAgent: PHONE, ipAddress: '198.51.100.1' });
    await test.api.inbox(token, (kinds) => kinds.length >= 4);
    const { items, unread } = (await test.api.get('/v1/notifications', { token })).body;
    expect(items).toHaveLength(4);
    expect(unread).toBe(4);
    expect(items[0]).toMatchObject({
      kind: 'login_refused',
      session: null,
      ip: '198.51.100.1',
      device: { name: 'Safari on iOS', class: 'mobile' },
    });
    expect((await test.api.patch(`/v1/notifications/${items[0].id}`, { token, body: { read: true } })).status).toBe(
      200,
    );
  });
});
