import { randomBytes, randomInt } from 'node:crypto';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { burgled, Client, codeTo, DAY, NEXT_PASSWORD, THIEFS_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

describe.each(ENGINES)('%s: an owner whose only session a thief has ended', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  beforeAll(async () => {
    const clock = new TestClock();
    sms = await startTextMessages(clock);
    test = await startApp(engine, sms.settings, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });
  const start = () => burgled(test.api, test.clock);
  /** A thief who has come in, put out the owner, and set a password. */
  async function robbed() {
    const { id, mobile, owner, thief } = await start();
    expect((await thief.logIn(mobile)).status).toBe(201);
    expect((await thief.changePassword(THIEFS_PASSWORD)).status).toBe(204);
    expect(await owner.state()).toBe('session_displaced');
    test.clock.advance(1000);
    return { id, mobile, owner, thief };
  }

  it.each([
    ['the token that was ended', (owner: Client) => owner.report()],
    [
      'the password that the thief has replaced',
      (owner: Client, mobile: string) => owner.report({ identifier: mobile, password: PASSWORD }),
    ],
  ] as const)('takes it back from a settled device by %s', async (_, report) => {
    const { mobile, owner, thief } = await robbed();
    expect((await report(owner, mobile)).status).toBe(204);
    expect(await thief.state()).toBe('session_reported');
    const second = new Client(test.api, PHONE);
    const stayOut = async (...intruders: Client[]) => {
      for (const intruder of intruders) {
        for (const password of [PASSWORD, THIEFS_PASSWORD]) {
          // Guesses slow each other down.
          test.clock.advance(900_000);
          expect((await intruder.logIn(mobile, { password })).body.code).toBe('invalid_credentials');
        }
      }
    };
    await stayOut(thief, second);
    expect((await owner.logIn(mobile)).status).toBe(201);
    for (const password of [PASSWORD, THIEFS_PASSWORD])
      expect((await owner.changePassword(password)).body).toMatchObject({
        status: 400,
        errors: [{ field: 'newPassword' }],
      });
    expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
    await stayOut(thief, second);
    expect((await owner.logIn(mobile, { password: NEXT_PASSWORD })).status).toBe(201);
  });

  it('may go on with the earlier password there, for 14 days, and a thief on no other device', async () => {
    const { mobile, owner, thief } = await robbed();
    expect((await new Client(test.api, PHONE).logIn(mobile)).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(mobile)).status).toBe(201);
    expect((await thief.logIn(mobile)).body.code).toBe('invalid_credentials');
    expect((await thief.logIn(mobile, { password: THIEFS_PASSWORD })).status).toBe(201);
    // A second change does not make the earlier one any later.
    expect((await thief.changePassword(NEXT_PASSWORD, THIEFS_PASSWORD)).status).toBe(204);
    test.clock.advance(14 * DAY - 3000);
    expect((await owner.logIn(mobile)).status).toBe(201);
    test.clock.advance(3000);
    expect((await owner.logIn(mobile)).body.code).toBe('invalid_credentials');
  });

  it('leaves no earlier password once a settled device, or a code to a settled channel, has changed it', async () => {
    const { mobile, owner } = await start();
    await verifyMobile(test.api, sms, owner, mobile);
    expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
    expect((await owner.logIn(mobile)).body.code).toBe('invalid_credentials');
    test.clock.advance(7 * DAY);
    const tablet = new Client(test.api, PHONE);
    await tablet.logIn(mobile, { code: await codeTo(test.api, sms, mobile, 'login') });
    expect((await tablet.changePassword(THIEFS_PASSWORD, NEXT_PASSWORD)).status).toBe(204);
    expect((await owner.logIn(mobile, { password: NEXT_PASSWORD })).body.code).toBe('invalid_credentials');
  });

  it('is heard without a session from settled devices only, by a right token or password, and slowed down as at a login', async () => {
    const { mobile, owner, thief } = await robbed();
    const token = owner.token;
    const stranger = new Client(test.api, PHONE);
    expect((await stranger.report({ sessionToken: token })).body).toMatchObject({
      status: 403,
      code: 'fresh_proof_required',
      accepts: ['code', 'settled_device'],
    });
    expect((await thief.report({ sessionToken: token })).body.code).toBe('fresh_proof_required');
    const named = { identifier: mobile, password: THIEFS_PASSWORD };
    for (const client of [stranger, thief]) expect((await client.report(named)).body.code).toBe('invalid_credentials');
    const forged = `${token.slice(0, -4)}AAAA`;
    for (const body of [{ sessionToken: forged }, { sessionToken: 'x' }, { identifier: mobile, password: 'wrong' }])
      expect((await owner.report(body)).body.code).toBe('invalid_credentials');
    expect((await owner.report({ sessionToken: thief.token })).body.errors[0].field).toBe('sessionToken');
    expect(await thief.state()).toBe('live');
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await owner.report({ sessionToken: forged })).status);
    expect(statuses).toContain(429);
  });

  it.each([
    [{}],
    [{ token: 'x', sessionToken: 'y' }],
    [{ identifier: 'x' }],
    [{ password: 'x' }],
    [{ sessionToken: null }],
  ])('is asked for one of the three: %j', async (body) => {
    expect((await test.api.post('/v1/reports', { body })).body).toMatchObject({
      status: 400,
      code: 'validation_failed',
    });
  });

  describe('keeps it from a thief', () => {
    const newMobile = () => `+9197${randomInt(10_000_000, 99_999_999)}`;
    const inTheNameOf = async () => {
      const username = `n${randomBytes(6).toString('hex')}`;
      const { id, mobile } = await test.api.createUser({ username });
      const [owner, thief] = [new Client(test.api, LAPTOP), new Client(test.api, PHONE)];
      await owner.logIn(username);
      test.clock.advance(1000);
      return { id, username, mobile, owner, thief };
    };
    /** The thief puts a mobile of theirs on the account and proves it. */
    const move = async (thief: Client) => {
      const mobile = newMobile();
      expect((await thief.call('PATCH', '/v1/users/me', { mobile, currentPassword: PASSWORD })).status).toBe(200);
      await verifyMobile(test.api, sms, thief, mobile);
      return mobile;
    };
    const takeBack = async (owner: Client, username: string, thieves: readonly Client[]) => {
      test.clock.advance(1000);
      expect((await owner.report()).status).toBe(204);
      for (const thief of thieves) expect(await thief.state()).not.toBe('live');
      expect((await owner.logIn(username)).status).toBe(201);
      expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
    };

    it('who recovers by a mobile of their own', async () => {
      const { username, owner, thief } = await inTheNameOf();
      await thief.logIn(username);
      const mobile = await move(thief);
      const code = await codeTo(test.api, sms, mobile, 'recover');
      const body = { identifier: mobile, code, newPassword: THIEFS_PASSWORD };
      expect((await test.api.post('/v1/users/recover', { body, headers: thief.headers })).status).toBe(204);
      await takeBack(owner, username, [thief]);
    });

    it.each([
      ['on the device that the account knows', true],
      ['on one that comes back with a secret of its own', false],
    ])('who recovers %s, and would have the notice of it read', async (_, known) => {
      const { username, owner, thief } = await inTheNameOf();
      await thief.logIn(username);
      const mobile = await move(thief);
      const code = await codeTo(test.api, sms, mobile, 'recover');
      const body = { identifier: mobile, code, newPassword: THIEFS_PASSWORD };
      const intruder = known ? thief : new Client(test.api, PHONE);
      const headers = { 'user-agent': PHONE, ...(known && thief.headers) };
      expect((await test.api.post('/v1/users/recover', { body, headers })).status).toBe(204);
      test.clock.advance(1000);
      await intruder.logIn(username, { password: THIEFS_PASSWORD });
      const notice = await intruder.notice('password_changed');
      expect(notice).toMatchObject({ session: null, device: { name: 'Safari on iOS' }, ip: '127.0.0.1' });
      expect(notice.device.id === intruder.deviceId).toBe(known);
      const mark = (client: Client) => client.call('PATCH', `/v1/notifications/${notice.id}`, { read: true });
      expect((await mark(intruder)).body.code).toBe(known ? 'notification_about_this_session' : 'fresh_proof_required');
      await intruder.call('POST', '/v1/notifications/read-all');
      expect((await intruder.notice('password_changed')).readAt).toBeNull();
      expect((await owner.logIn(username)).status).toBe(201);
      expect((await mark(owner)).status).toBe(200);
      expect((await owner.reportNotice('password_changed', notice.device.id)).status).toBe(200);
      for (const password of [PASSWORD, THIEFS_PASSWORD])
        expect((await intruder.logIn(username, { password })).body.code).toBe('invalid_credentials');
      expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
    });

    it('who reports one of their own devices from the other, and proves a mobile of theirs', async () => {
      const { username, owner, thief } = await inTheNameOf();
      await thief.logIn(username);
      test.clock.advance(1000);
      const second = new Client(test.api, PHONE);
      await second.logIn(username);
      await second.changePassword(THIEFS_PASSWORD);
      await thief.logIn(username, { password: THIEFS_PASSWORD });
      expect((await thief.reportNotice('password_changed', second.deviceId)).status).toBe(200);
      await move(thief);
      await takeBack(owner, username, [thief, second]);
    });

    it('who has come in through a service, and gives the password there', async () => {
      const { id, username, owner, thief } = await inTheNameOf();
      thief.keep(await test.api.serviceLogin(id));
      await move(thief);
      await takeBack(owner, username, [thief]);
    });

    it('who tries out in a stolen session what the password is', async () => {
      const { owner } = await start();
      test.clock.advance(300_000);
      for (const newPassword of [PASSWORD, NEXT_PASSWORD])
        expect((await owner.call('PUT', '/v1/users/me/password', { newPassword })).body).toMatchObject({
          code: 'fresh_proof_required',
          accepts: ['password', 'code'],
        });
    });

    it('who moves the mobile away and back', async () => {
      const { mobile, owner, thief } = await inTheNameOf();
      await verifyMobile(test.api, sms, owner, mobile);
      test.clock.advance(7 * DAY);
      await thief.logIn(mobile);
      const told = sms.sentTo(mobile).length;
      for (const next of [newMobile(), mobile])
        expect((await thief.call('PATCH', '/v1/users/me', { mobile: next, currentPassword: PASSWORD })).status).toBe(
          200,
        );
      const [text] = (await sms.messagesTo(mobile, told + 1)).slice(told);
      const token = /#([\w-]+)/.exec(text!)![1];
      expect((await test.api.post('/v1/reports', { body: { token } })).status).toBe(204);
      expect(await thief.state()).toBe('session_reported');
    });
  });

  it('puts out a thief who has logged out meanwhile, and changes nothing the second time', async () => {
    const { mobile, owner, thief } = await robbed();
    await thief.call('DELETE', '/v1/sessions/current');
    const reports = [await owner.report(), await owner.report()];
    expect(reports.map(({ status }) => status)).toEqual([204, 204]);
    expect((await thief.logIn(mobile, { password: THIEFS_PASSWORD })).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(mobile)).status).toBe(201);
    const inbox = await test.api.inbox(owner.token, (kinds) => kinds.includes('device_reported'));
    expect(inbox.filter(({ kind }) => kind === 'device_reported')).toHaveLength(1);
  });

  it('who comes in later while a settled channel is there takes it back by a code, also from the oldest device', async () => {
    const { mobile, owner, thief } = await start();
    await verifyMobile(test.api, sms, owner, mobile);
    test.clock.advance(8 * DAY);
    await thief.logIn(mobile);
    const tablet = new Client(test.api, 'Tablet/1.0');
    await tablet.logIn(mobile, { code: await codeTo(test.api, sms, mobile, 'login') });
    expect((await tablet.reportNotice('new_device', thief.deviceId)).status).toBe(200);
    expect((await thief.logIn(mobile)).body.code).toBe('invalid_credentials');
    expect(await tablet.state()).toBe('live');
  });
});

describe.each(ENGINES)('%s: a report from outside', (engine) => {
  it.each(['refuse', 'approve'])('lets the owner in again under %s', async (onLimit) => {
    const test = await startApp(engine, { SESSION_ON_LIMIT: onLimit });
    try {
      const { mobile, owner, thief } = await burgled(test.api, test.clock);
      const kept = owner.token;
      await owner.call('DELETE', '/v1/sessions/current');
      await thief.logIn(mobile);
      await thief.changePassword(THIEFS_PASSWORD);
      test.clock.advance(1000);
      expect([202, 409]).toContain((await owner.logIn(mobile)).status);
      expect((await owner.report({ sessionToken: kept })).status).toBe(204);
      expect(await thief.state()).toBe('session_reported');
      expect((await owner.logIn(mobile)).status).toBe(201);
      expect((await thief.logIn(mobile, { password: THIEFS_PASSWORD })).body.code).toBe('invalid_credentials');
    } finally {
      await test.close();
    }
  });
});
