import { randomUUID } from 'node:crypto';
import { LAPTOP, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { ENGINES } from '../../support/stores.js';

const SECRET = 'Zm9yZ2VkLWJ1dC13ZWxsLWZvcm1lZC1zZWNyZXQtMDA';

describe.each(ENGINES)('%s: devices', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none' });
  });
  afterAll(() => test.close());

  const list = async (token: string) =>
    (await test.api.get('/v1/devices', { token })).body.items as Record<string, any>[];
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  describe('a browser', () => {
    it('is known again by its cookie, which holds a secret for each of several accounts', async () => {
      const people = await Promise.all(Array.from({ length: 5 }, () => test.api.createUser()));
      let cookie = '';
      const login = async (mobile: string) => {
        const answer = await test.api.login(mobile, PHONE, { headers: cookie === '' ? {} : { cookie } });
        cookie = `device=${cookiesOf(answer).get('device')!.value}`;
        return answer.body;
      };
      const first = [];
      for (const { mobile } of people) first.push((await login(mobile)).session.device.id);
      expect(new Set(first).size).toBe(5);
      for (const [index, { mobile }] of people.entries()) {
        expect(await login(mobile)).toMatchObject({ newDevice: false, session: { device: { id: first[index] } } });
      }
      expect(cookie.split('.')).toHaveLength(5);
      const sixth = await test.api.createUser();
      await login(sixth.mobile);
      expect(cookie.split('.')).toHaveLength(5);
      // The one used longest ago makes room.
      expect((await login(people[4]!.mobile)).session.device.id).toBe(first[4]);
      expect((await login(people[0]!.mobile)).session.device.id).not.toBe(first[0]);
    });

    it('with a secret that the account has not handed out is new and gets one, however familiar it looks', async () => {
      const [asha, ravi] = [await test.api.createUser(), await test.api.createUser()];
      const genuine = cookiesOf(await test.api.login(ravi.mobile, LAPTOP)).get('device')!.value;
      await test.api.login(asha.mobile, LAPTOP);
      for (const secret of [SECRET, genuine]) {
        const headers = { cookie: `device=${secret}` };
        const first = await test.api.login(asha.mobile, LAPTOP, { headers });
        expect(first.body.newDevice).toBe(true);
        expect(cookiesOf(first).get('device')!.value).toMatch(new RegExp(`^[\\w-]{43}\\.${secret}$`));
        const again = await test.api.login(asha.mobile, LAPTOP, { headers });
        expect(again.body.session.device.id).not.toBe(first.body.session.device.id);
      }
    });

    it('with a cookie that we have not given gets a proper one', async () => {
      const { mobile } = await test.api.createUser();
      const login = await test.api.login(mobile, LAPTOP, { headers: { cookie: 'device=x; session=y' } });
      expect(cookiesOf(login).get('device')!.value).toMatch(/^[\w-]{43}$/);
    });
  });

  describe('a native client', () => {
    it('is given id and secret once, and is known again by them', async () => {
      const { mobile } = await test.api.createUser();
      const first = await test.api.login(mobile, 'App/1.0', { headers: { 'x-device-id': 'new' } });
      const { id, secret } = first.body.device;
      expect(id).toBe(first.body.session.device.id);
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect([...cookiesOf(first).keys()]).toEqual(['session']);
      const headers = { 'x-device-id': id, 'x-device-secret': secret };
      const again = (await test.api.login(mobile, 'App/2.0', { headers })).body;
      expect(again).toMatchObject({ newDevice: false, session: { device: { id } } });
      expect(again).not.toHaveProperty('device');
    });

    it('with a secret that the account has not handed out is given one', async () => {
      const { mobile } = await test.api.createUser();
      const headers = { 'x-device-id': randomUUID(), 'x-device-secret': SECRET };
      const { device, session } = (await test.api.login(mobile, 'App/1.0', { headers })).body;
      expect(device.id).toBe(session.device.id);
      const shown = { 'x-device-id': device.id, 'x-device-secret': device.secret };
      expect((await test.api.login(mobile, 'App/1.0', { headers: shown })).body.session.device.id).toBe(device.id);
    });

    it('is judged by its headers, not by a cookie beside them', async () => {
      const { mobile } = await test.api.createUser();
      const browser = await test.api.login(mobile, LAPTOP);
      const cookie = `device=${cookiesOf(browser).get('device')!.value}`;
      const { body } = await test.api.login(mobile, LAPTOP, { headers: { cookie, 'x-device-id': 'new' } });
      expect(body.device.id).not.toBe(browser.body.session.device.id);
    });

    it.each<[string, Record<string, string>]>([
      ['an id alone', { 'x-device-id': randomUUID() }],
      ['a secret alone', { 'x-device-secret': SECRET }],
      ['a secret too short', { 'x-device-id': randomUUID(), 'x-device-secret': SECRET.slice(1) }],
      ['a second spelling of a secret', { 'x-device-id': randomUUID(), 'x-device-secret': `${SECRET.slice(0, -1)}B` }],
      ['an empty id', { 'x-device-id': '' }],
    ])('is refused with %s', async (_, headers) => {
      const { id, mobile } = await test.api.createUser();
      const refused = await test.api.login(mobile, 'App/1.0', { headers });
      expect(refused.body).toMatchObject({ status: 400, code: 'invalid_device' });
      const sessions = await test.api.get(`/v1/service/users/${id}/sessions?state=all`, { service: true });
      expect(sessions.body.items).toEqual([]);
    });
  });

  it('that show nothing are recognised by kind and network together, which only keeps the notice quiet', async () => {
    const { id } = await test.api.createUser();
    const login = async (userAgent: string, ipAddress: string) =>
      (await test.api.serviceLogin(id, { userAgent, ipAddress })).body;
    const first = await login(LAPTOP, '203.0.113.7');
    const alike = await login(LAPTOP.replaceAll('128', '140'), '203.0.113.250');
    expect(alike.newDevice).toBe(false);
    expect(alike.session.device.id).not.toBe(first.session.device.id);
    expect((await login(LAPTOP, '203.0.114.7')).newDevice).toBe(true);
    expect((await login(PHONE, '203.0.113.7')).newDevice).toBe(true);
    expect((await login(LAPTOP, '2001:db8:1:2::3')).newDevice).toBe(true);
    expect((await login(LAPTOP, '2001:db8:1:ffff::9')).newDevice).toBe(false);
    expect(await codeOf(first.token)).toBe('live');
  });

  it.each([
    ['FieldApp 42 (iPhone; iOS 17.5)', 'FieldApp 43 (iPhone; iOS 18.1)', 'iOS'],
    ['FieldApp/42 (Android 14; Pixel 8)', 'FieldApp/43 (Android 15; Pixel 8)', 'Android'],
  ])('that show nothing are no new devices after the update of an app: %s', async (before, after, name) => {
    const { mobile } = await test.api.createUser();
    const device = { name, class: 'mobile' };
    expect((await test.api.login(mobile, before)).body).toMatchObject({ newDevice: true, session: { device } });
    expect((await test.api.login(mobile, after)).body).toMatchObject({ newDevice: false, session: { device } });
  });

  it('are listed, the one seen last first, each with the session that is live on it', async () => {
    const { id } = await test.api.createUser();
    const tablet = (await test.api.serviceLogin(id, { deviceId: 'tablet' })).body;
    test.clock.advance(1000);
    const phone = (await test.api.serviceLogin(id, { deviceId: 'phone', userAgent: PHONE })).body;
    test.clock.advance(1000);
    const laptop = (await test.api.serviceLogin(id, { deviceId: 'laptop' })).body;
    await test.api.delete(`/v1/sessions/${phone.session.id}`, { token: tablet.token });
    const devices = await list(laptop.token);
    expect(devices.map((device) => [device.id, device.current, device.session?.id ?? null])).toEqual([
      [laptop.session.device.id, true, laptop.session.id],
      [phone.session.device.id, false, null],
      [tablet.session.device.id, false, tablet.session.id],
    ]);
    expect(devices[1]).toMatchObject({ name: 'Safari on iOS', class: 'mobile', firstSeenAt: phone.session.createdAt });
    expect(JSON.stringify(devices)).not.toMatch(/hash|signature|network/i);
  });

  it('are listed page by page, by the last use of the device or of its session', async () => {
    const { id } = await test.api.createUser();
    const login = async (deviceId: string) => {
      test.clock.advance(120_000);
      return (await test.api.serviceLogin(id, { deviceId })).body;
    };
    const [first, second, third, fourth] = [await login('1'), await login('2'), await login('3'), await login('4')];
    test.clock.advance(120_000);
    await test.api.post('/v1/sessions/current/refresh', { token: second.token });
    test.clock.advance(120_000);
    await test.api.post('/v1/sessions/current/refresh', { token: first.token });
    await test.api.delete('/v1/sessions/current', { token: first.token });
    const { token } = fourth;
    test.clock.advance(120_000);
    await test.api.post('/v1/sessions/current/refresh', { token });
    const page = async (query: string) => (await test.api.get(`/v1/devices?${query}`, { token })).body;
    const seen: string[] = [];
    for (let next = ''; ;) {
      const { items, nextCursor } = await page(`limit=1${next}`);
      expect(items).toHaveLength(1);
      seen.push(items[0].id);
      if (nextCursor === null) break;
      next = `&cursor=${nextCursor}`;
    }
    const inOrder = [fourth, first, second, third].map(({ session }) => session.device.id);
    expect(seen).toEqual(inOrder);
    // What is forgotten between two pages takes nothing else away.
    const { nextCursor } = await page('limit=2');
    await test.api.delete(`/v1/devices/${inOrder[1]}`, { token });
    const rest = await page(`limit=2&cursor=${nextCursor}`);
    expect(rest.items.map((device: any) => device.id)).toEqual(inOrder.slice(2));
  });

  describe('renaming', () => {
    it('names the device and its sessions, now and at later logins', async () => {
      const { id } = await test.api.createUser();
      const { token, session } = (await test.api.serviceLogin(id, { deviceId: 'd' })).body;
      const renamed = await test.api.patch(`/v1/devices/${session.device.id}`, { token, body: { name: 'कमरा 📱' } });
      expect(renamed).toMatchObject({ status: 200, body: { name: 'कमरा 📱', current: true } });
      expect((await test.api.current(token)).body.session.device.name).toBe('कमरा 📱');
      const later = await test.api.serviceLogin(id, { deviceId: 'd', userAgent: PHONE });
      expect(later.body.session.device).toMatchObject({ name: 'कमरा 📱', os: 'iOS' });
    });

    it.each(['', '   ', 'x'.repeat(65), 'two\nlines', 'right\u202eleft', null])('refuses the name %j', async (name) => {
      const { id } = await test.api.createUser();
      const { token, session } = (await test.api.serviceLogin(id)).body;
      const refused = await test.api.patch(`/v1/devices/${session.device.id}`, { token, body: { name } });
      expect(refused.body).toMatchObject({ status: 400, code: 'validation_failed' });
      expect(refused.body.errors[0].field).toBe('name');
    });
  });

  describe('forgetting', () => {
    it('ends the sessions of the device, tells of it once, and makes the device new again', async () => {
      const { id } = await test.api.createUser();
      const keeper = (await test.api.serviceLogin(id, { deviceId: 'keeper' })).body;
      const lost = (await test.api.serviceLogin(id, { deviceId: 'lost', userAgent: PHONE })).body;
      const deviceId = lost.session.device.id as string;
      expect((await test.api.delete(`/v1/devices/${deviceId}`, { token: keeper.token })).status).toBe(204);
      expect(await codeOf(lost.token)).toBe('session_device_forgotten');
      expect((await list(keeper.token)).map((device) => device.id)).toEqual([keeper.session.device.id]);
      const inbox = await test.api.inbox(keeper.token, (kinds) => kinds.includes('session_revoked'));
      expect(inbox.map(({ kind }) => kind).sort()).toEqual(['new_device', 'session_revoked']);
      expect((await test.api.delete(`/v1/devices/${deviceId}`, { token: keeper.token })).status).toBe(404);
      const back = (await test.api.serviceLogin(id, { deviceId: 'lost', userAgent: PHONE })).body;
      expect(back.newDevice).toBe(true);
      expect(back.session.device.id).not.toBe(deviceId);
    });

    it('of the own device ends the own session', async () => {
      const { id } = await test.api.createUser();
      const { token, session } = (await test.api.serviceLogin(id)).body;
      expect((await test.api.delete(`/v1/devices/${session.device.id}`, { token })).status).toBe(204);
      expect(await codeOf(token)).toBe('session_device_forgotten');
    });
  });

  it('stays known where a stolen token asks to forget it, and its holder has not proved a moment ago who they are', async () => {
    const { mobile } = await test.api.createUser();
    const headers = { 'x-device-id': 'new' };
    const { token, session, device } = (await test.api.login(mobile, PHONE, { headers })).body;
    const path = `/v1/devices/${session.device.id}`;
    const again = async () => {
      const shown = { 'x-device-id': device.id, 'x-device-secret': device.secret };
      return (await test.api.login(mobile, PHONE, { headers: shown })).body;
    };
    test.clock.advance(300_000);
    expect((await test.api.delete(path, { token })).status).toBe(204);
    expect(await codeOf(token)).toBe('session_device_forgotten');
    const back = await again();
    expect(back.session.device.id).toBe(device.id);
    expect((await test.api.delete(path, { token: back.token })).status).toBe(204);
    expect((await again()).session.device.id).not.toBe(device.id);
  });

  it('of somebody else can be neither named nor forgotten', async () => {
    const [mine, theirs] = [await test.api.createUser(), await test.api.createUser()];
    const { token } = (await test.api.serviceLogin(mine.id)).body;
    const other = (await test.api.serviceLogin(theirs.id)).body;
    const path = `/v1/devices/${other.session.device.id}`;
    expect((await test.api.patch(path, { token, body: { name: 'mine' } })).body.code).toBe('device_not_found');
    expect((await test.api.delete(path, { token })).body.code).toBe('device_not_found');
    expect(await codeOf(other.token)).toBe('live');
  });
});
