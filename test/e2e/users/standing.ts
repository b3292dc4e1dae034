import { randomBytes, randomInt } from 'node:crypto';
import { AccountStore } from '../../../src/accounts/index.js';
import { PASSWORD, PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { burgled, Client, codeTo, DAY, NEXT_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const REQUIRED = { status: 403, code: 'fresh_proof_required', accepts: ['code', 'settled_device'] };

describe.each(ENGINES)('%s: standing', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  beforeAll(async () => {
    const clock = new TestClock();
    sms = await startTextMessages(clock);
    const settings = {
      ...sms.settings,
      SESSION_LIMIT: '4',
      SESSION_IDLE_TIMEOUT: '31536000',
      SESSION_MAX_AGE: '31536000',
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
    };
    test = await startApp(engine, settings, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  /** The thief is in beside the owner; each has a notice about the other. */
  async function beside() {
    const person = await burgled(test.api, test.clock);
    await person.thief.logIn(person.mobile);
    test.clock.advance(1000);
    // A second device of the owner's, known before the thief came, would be told of in the same way.
    await person.owner.notice('new_device', person.thief.deviceId);
    return person;
  }
  const aThirdDevice = async (mobile: string) => {
    const client = new Client(test.api, 'Tablet/1.0');
    await client.logIn(mobile);
    test.clock.advance(1000);
    return client;
  };

  describe('a device that came later', () => {
    it('reports no older one, also not one whose login it was told of', async () => {
      const { mobile, owner, thief } = await beside();
      await owner.call('DELETE', `/v1/sessions?except=current`);
      await thief.logIn(mobile);
      const revoked = await thief.notice('session_revoked');
      expect(revoked.device.id).toBe(owner.deviceId);
      expect((await thief.call('POST', `/v1/notifications/${revoked.id}/report`)).body).toMatchObject(REQUIRED);
      expect(await owner.state()).toBe('live');
    });

    it('ends the sessions of an older one, and does not make it forgotten', async () => {
      const { mobile, owner, thief } = await beside();
      expect((await thief.call('DELETE', `/v1/devices/${owner.deviceId}`)).status).toBe(204);
      expect(await owner.state()).toBe('session_device_forgotten');
      const again = await owner.logIn(mobile);
      expect(again.body).toMatchObject({ newDevice: false, session: { device: { id: owner.deviceId } } });
      expect((await owner.call('DELETE', `/v1/devices/${thief.deviceId}`)).status).toBe(204);
      expect((await thief.logIn(mobile)).body.newDevice).toBe(true);
    });

    it('lifts no block by forgetting, nor does an older one', async () => {
      const { mobile, owner, thief } = await beside();
      const second = await aThirdDevice(mobile);
      const service = (
        await test.api.serviceLogin((await owner.call('GET', '/v1/users/me')).body.id, { deviceId: 'tv' })
      ).body;
      for (const about of [thief.deviceId, service.session.device.id])
        expect((await owner.reportNotice('new_device', about)).status).toBe(200);
      expect(await second.state()).toBe('session_reported');
      for (const about of [thief.deviceId, service.session.device.id])
        expect((await owner.call('DELETE', `/v1/devices/${about}`)).status).toBe(204);
      expect((await thief.logIn(mobile)).body.code).toBe('invalid_credentials');
      const vouched = await test.api.serviceLogin(service.user.id, { deviceId: 'tv' });
      expect(vouched.body.code).toBe('device_blocked');
    });

    it('marks no notice about an older one, nor about itself in another session, and passes over them all at once', async () => {
      const { mobile, owner, thief } = await beside();
      const second = await aThirdDevice(mobile);
      const [ownNotice, secondNotice] = [
        await thief.notice('new_device', thief.deviceId),
        await thief.notice('new_device', second.deviceId),
      ];
      await thief.logIn(mobile);
      const mark = (client: Client, id: string) => client.call('PATCH', `/v1/notifications/${id}`, { read: true });
      expect((await mark(thief, ownNotice.id)).body.code).toBe('notification_about_this_session');
      expect((await mark(second, ownNotice.id)).body).toMatchObject(REQUIRED);
      expect((await mark(thief, secondNotice.id)).status).toBe(200);
      expect((await second.call('POST', '/v1/notifications/read-all')).status).toBe(204);
      expect((await owner.notice('new_device', thief.deviceId)).readAt).toBeNull();
      expect((await owner.call('POST', '/v1/notifications/read-all')).status).toBe(204);
      expect((await owner.notice('new_device', thief.deviceId)).readAt).not.toBeNull();
    });
  });

  it('of devices that came on a Monday goes with the report of a session of Thursday', async () => {
    const { mobile, owner, thief } = await burgled(test.api, test.clock);
    await thief.logIn(mobile);
    const monday = thief.token;
    test.clock.advance(DAY);
    const tuesday = await aThirdDevice(mobile);
    test.clock.advance(2 * DAY);
    await thief.logIn(mobile);
    await thief.call('DELETE', '/v1/sessions?except=current');
    for (const client of [tuesday, owner]) expect((await client.logIn(mobile)).status).toBe(201);
    expect((await owner.reportNotice('session_revoked', thief.deviceId)).status).toBe(200);
    expect([await thief.state(), await tuesday.state()]).toEqual(['session_reported', 'session_reported']);
    expect((await test.api.current(monday)).body.code).toMatch(/^session_(displaced|reported)$/);
    expect((await tuesday.logIn(mobile)).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(mobile)).status).toBe(201);
  });

  it('is given by a code to a settled channel for five minutes, and settles the device', async () => {
    const { mobile, owner, thief } = await beside();
    await verifyMobile(test.api, sms, owner, mobile);
    test.clock.advance(7 * DAY);
    const phone = await aThirdDevice(mobile);
    const report = async () => phone.reportNotice('new_device', thief.deviceId);
    expect((await thief.logIn(mobile)).status).toBe(201);
    expect((await report()).body).toMatchObject(REQUIRED);
    const proof = await phone.call('POST', '/v1/sessions/current/proof', {
      code: await codeTo(test.api, sms, mobile, 'login'),
    });
    expect(proof).toMatchObject({ status: 200, body: { provedBy: 'mobile' } });
    test.clock.advance(300_000);
    expect((await report()).body).toMatchObject(REQUIRED);
    const again = await codeTo(test.api, sms, mobile, 'login');
    await phone.call('POST', '/v1/sessions/current/proof', { code: again });
    // The password says less, and takes nothing of it away.
    await phone.call('POST', '/v1/sessions/current/proof', { currentPassword: PASSWORD });
    expect((await report()).status).toBe(200);
    expect(await thief.state()).toBe('session_reported');
  });

  it('is inherited by a contact that a code to an older one has confirmed, and by no other', async () => {
    const mail = () => `${randomBytes(6).toString('hex')}@example.com`;
    const account = async (id: string) => (await test.app.get(AccountStore, { strict: false }).find(id))!;
    const { id, mobile, owner } = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, owner, mobile);
    const { mobileSince } = await account(id);
    test.clock.advance(7 * DAY);
    await owner.call('PATCH', '/v1/users/me', { email: mail(), currentPassword: PASSWORD });
    expect((await account(id)).emailSince).toBeNull();
    const code = await codeTo(test.api, sms, mobile, 'login');
    await owner.call('PATCH', '/v1/users/me', { email: mail(), code });
    expect((await account(id)).emailSince).toEqual(mobileSince);
  });

  it('is lost by a squatter when the owner of the number proves it', async () => {
    const { id, mobile, owner: squatter, thief: owner } = await burgled(test.api, test.clock);
    owner.keep(await test.api.serviceLogin(id, { deviceId: 'owner', userAgent: PHONE }));
    const listed = async () => (await owner.call('GET', '/v1/devices')).body.items.map((one: any) => one.id);
    await owner.call('DELETE', `/v1/devices/${squatter.deviceId}`);
    expect(await listed()).toContain(squatter.deviceId);
    await verifyMobile(test.api, sms, owner, mobile);
    expect((await owner.call('DELETE', `/v1/devices/${squatter.deviceId}`)).status).toBe(204);
    expect(await listed()).toEqual([owner.deviceId]);
  });

  it('stays with the devices that were there before a contact came that somebody proves', async () => {
    const { owner, thief, mobile } = await beside();
    const next = `+9196${randomInt(10_000_000, 99_999_999)}`;
    expect((await thief.call('PATCH', '/v1/users/me', { mobile: next, currentPassword: PASSWORD })).status).toBe(200);
    await verifyMobile(test.api, sms, thief, next);
    await owner.logIn(next);
    expect((await owner.reportNotice('new_device', thief.deviceId)).status).toBe(200);
    expect((await thief.logIn(mobile)).body.code).toBe('invalid_credentials');
  });

  it('is cleared by a recovery of all devices but the one that asks', async () => {
    const { mobile, owner, thief } = await beside();
    await verifyMobile(test.api, sms, owner, mobile);
    test.clock.advance(7 * DAY);
    const body = {
      identifier: mobile,
      code: await codeTo(test.api, sms, mobile, 'recover'),
      newPassword: NEXT_PASSWORD,
    };
    expect((await test.api.post('/v1/users/recover', { body, headers: thief.headers })).status).toBe(204);
    for (const client of [thief, owner]) await client.logIn(mobile, { password: NEXT_PASSWORD });
    const older = await owner.notice('new_device', thief.deviceId);
    expect((await owner.call('POST', `/v1/notifications/${older.id}/report`)).body).toMatchObject(REQUIRED);
  });

  it('keeps the name that somebody gives a device out of notices', async () => {
    const { owner, thief } = await beside();
    const name = 'Your bank: https://evil.example';
    await thief.call('PATCH', `/v1/devices/${thief.deviceId}`, { name });
    await thief.call('DELETE', `/v1/sessions?except=current`);
    expect(await owner.state()).toBe('session_revoked');
    const inbox = JSON.stringify((await thief.call('GET', '/v1/notifications')).body);
    expect(inbox).toContain('Safari on iOS');
    expect(inbox).not.toContain('evil');
  });

  describe('a proof', () => {
    const prove = (client: Client, body: object) => client.call('POST', '/v1/sessions/current/proof', body);

    it.each([[{}], [{ currentPassword: PASSWORD, code: '123456' }], [{ code: '12' }]])(
      'is one of two: %j',
      async (body) => {
        const { owner } = await burgled(test.api, test.clock);
        expect((await prove(owner, body)).body).toMatchObject({ status: 400, code: 'validation_failed' });
      },
    );

    it('is kept for five minutes, and a login is one unless a service vouched for it', async () => {
      const { id, owner, thief } = await burgled(test.api, test.clock);
      const rename = (client: Client) =>
        client.call('PATCH', '/v1/users/me', { username: `n${randomBytes(6).toString('hex')}` });
      expect((await rename(owner)).status).toBe(200);
      thief.keep(await test.api.serviceLogin(id));
      expect((await rename(thief)).body).toMatchObject({ code: 'fresh_proof_required', accepts: ['password', 'code'] });
      test.clock.advance(300_000);
      expect((await rename(owner)).body.code).toBe('fresh_proof_required');
      expect((await prove(owner, { currentPassword: 'wrong' })).body.code).toBe('wrong_password');
      expect((await prove(owner, { currentPassword: PASSWORD })).body).toMatchObject({ provedBy: 'password' });
      test.clock.advance(299_000);
      expect((await rename(owner)).status).toBe(200);
    });

    it('is asked of administrators before roles, policies and signing everybody out', async () => {
      const { id } = await burgled(test.api, test.clock);
      const admin = new Client(test.api, PHONE);
      await admin.logIn(ADMIN.username, { password: ADMIN.password });
      const policy = { limit: 3, per: 'user', onLimit: 'refuse', idleTimeout: 600, maxAge: 3600 };
      const calls = [
        ['PATCH', `/v1/admin/users/${id}`, { role: 'admin' }],
        ['PUT', `/v1/admin/users/${id}/policy`, policy],
        ['DELETE', `/v1/admin/users/${id}/policy`, undefined],
      ] as const;
      test.clock.advance(300_000);
      for (const [method, path, body] of [...calls, ['DELETE', '/deleteSessions', undefined] as const])
        expect((await admin.call(method, path, body)).body.code).toBe('fresh_proof_required');
      expect((await admin.call('PATCH', `/v1/admin/users/${id}`, { locked: false })).status).toBe(200);
      await prove(admin, { currentPassword: ADMIN.password });
      for (const [method, path, body] of calls) expect((await admin.call(method, path, body)).status).toBeLessThan(300);
    });
  });
});
