import { randomInt, randomUUID } from 'node:crypto';
import { CodesService } from '../../../src/codes/codes.service.js';
import { newSecret } from '../../../src/common/index.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { TestClock } from '../../support/clock.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NEW_PASSWORD = 'quiet-Lemon-4-ladder';

describe.each(ENGINES)('%s: codes', (engine) => {
  let sms: TextMessages;
  let smtp: TestSmtp;
  let test: TestApp;
  beforeAll(async () => {
    // What is counted in windows is counted from their beginning on.
    const clock = TestClock.at(new Date(Math.floor(Date.now() / DAY) * DAY));
    sms = await startTextMessages(clock);
    smtp = await startSmtp();
    const admin = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };
    const settings = {
      ...sms.settings,
      ...smtp.settings,
      ...admin,
      SESSION_LIMIT: '3',
      TEXTS_PER_ADDRESS: '30',
      TRUSTED_PROXIES: '127.0.0.1',
    };
    test = await startApp(engine, settings, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
    await smtp.close();
  });

  let address = 0;
  /** From an address of its own: one may ask thirty times only. Resolves once what was sent has gone out. */
  const request = async (identifier: string, purpose: string, device = {}) => {
    const headers = { 'x-forwarded-for': `198.51.100.${++address}`, ...device };
    const answer = await test.api.post('/v1/codes', { body: { identifier, purpose }, headers });
    await test.app.get(CodesService, { strict: false }).idle();
    return answer;
  };
  const logInBy = (identifier: string, code: string, userAgent = LAPTOP, headers = {}, request?: string) =>
    test.api.post('/v1/sessions', {
      body: { identifier, code, request },
      headers: { 'user-agent': userAgent, ...headers },
    });
  const verify = (token: string, code: string, request?: string) =>
    test.api.post('/v1/users/me/verify', { token, body: { code, request } });
  const recover = (identifier: string, code: string) =>
    test.api.post('/v1/users/recover', { body: { identifier, code, newPassword: NEW_PASSWORD } });
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';
  const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

  /** A person who has proved their mobile, logged in on a laptop. */
  async function verified() {
    const user = await test.api.createUser();
    const { token } = (await test.api.login(user.mobile)).body;
    await request(user.mobile, 'verify');
    const answer = await verify(token, await sms.codeFor(user.mobile));
    expect(answer).toMatchObject({ status: 200, body: { mobileVerifiedAt: expect.any(String) } });
    return { ...user, token };
  }

  it('verify a mobile, once; the password that its person knows stays', async () => {
    const { mobile, token } = await verified();
    expect((await verify(token, await sms.codeFor(mobile))).body.code).toBe('invalid_code');
    expect((await test.api.login(mobile)).status).toBe(201);
  });

  it('end every other session with the first proof', async () => {
    const { mobile } = await test.api.createUser();
    const [other, own] = [(await test.api.login(mobile)).body, (await test.api.login(mobile, PHONE)).body];
    await request(mobile, 'verify');
    await verify(own.token, await sms.codeFor(mobile));
    expect([await codeOf(other.token), await codeOf(own.token)]).toEqual(['session_revoked', 'live']);
  });

  it("void a squatter's password and sessions once the owner proves the mobile", async () => {
    const { id, mobile } = await test.api.createUser();
    const squatter = (await test.api.login(mobile, PHONE)).body;
    const owner = (await test.api.serviceLogin(id)).body;
    await request(mobile, 'verify');
    expect((await verify(owner.token, await sms.codeFor(mobile))).status).toBe(200);
    expect(await codeOf(squatter.token)).toBe('session_password_changed');
    expect((await test.api.login(mobile, PHONE)).body.code).toBe('invalid_credentials');
    await request(mobile, 'login');
    expect((await logInBy(mobile, await sms.codeFor(mobile, 2))).status).toBe(201);
  });

  it('leave what was verified before to a person who never had a password', async () => {
    const email = `${randomUUID()}@example.com`;
    const { id, mobile } = await test.api.createUser({ email, password: undefined });
    const { token } = (await test.api.serviceLogin(id)).body;
    await request(mobile, 'verify');
    const { mobileVerifiedAt } = (await verify(token, await sms.codeFor(mobile))).body;
    await request(email, 'verify');
    const { text } = (await smtp.received(1))[0]!;
    expect(await verify(token, /\d{6}/.exec(text!)![0])).toMatchObject({
      status: 200,
      body: { mobileVerifiedAt, emailVerifiedAt: expect.any(String) },
    });
  });

  it("stand in for the password where a contact changes, once, and the old one, which has agreed, is told in the person's language without a link", async () => {
    const { mobile, token } = await verified();
    const edit = (body: object) => test.api.patch('/v1/users/me', { token, body });
    expect((await edit({ locale: 'es' })).body.locale).toBe('es');
    await request(mobile, 'login');
    const code = await sms.codeFor(mobile, 2);
    expect(sms.sentTo(mobile)[1]).toContain(`Tu código de acceso: ${code}`);
    const newMobile = () => `+9197${randomInt(10_000_000, 99_999_999)}`;
    expect((await edit({ mobile: newMobile(), code: wrong(code) })).body.code).toBe('invalid_code');
    const next = newMobile();
    expect(await edit({ mobile: next, code })).toMatchObject({
      status: 200,
      body: { mobile: next, mobileVerifiedAt: null },
    });
    expect((await edit({ mobile: newMobile(), code })).body.code).toBe('invalid_code');
    const told = (await sms.messagesTo(mobile, 3))[2];
    expect(told).toMatch(/^Se ha cambiado el móvil /);
    expect(told).not.toContain('/report#');
    expect(sms.sentTo(next)).toEqual([]);
  });

  it('are guessed no faster with new ones, nor from other sessions, without the request that they were sent for', async () => {
    const { id, mobile } = await test.api.createUser();
    const { token } = (await test.api.serviceLogin(id)).body;
    const elsewhere = async () => (await test.api.serviceLogin(id, { userAgent: PHONE, deviceId: randomUUID() })).body;
    const second = (await elsewhere()).token;
    const third = (await elsewhere()).token;
    await request(mobile, 'verify');
    const guesses = [];
    const first = await sms.codeFor(mobile);
    for (let i = 0; i < 5; i++) guesses.push((await verify(second, wrong(first))).status);
    expect(guesses).toEqual([403, 403, 403, 403, 403]);
    const asked = (await request(mobile, 'verify')).body.request;
    const code = await sms.codeFor(mobile, 2);
    // Nor does a session on the first device, whose client shows no secret: its token may be stolen.
    for (const by of [second, third, token])
      expect(await verify(by, code)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect((await verify(third, code, asked)).status).toBe(200);
  });

  it('log in, once', async () => {
    const { mobile } = await verified();
    expect(await request(mobile, 'login')).toMatchObject({ status: 202, body: { expiresIn: 300 } });
    const code = await sms.codeFor(mobile, 2);
    const answers = await Promise.all([logInBy(mobile, code), logInBy(mobile, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await logInBy(mobile, code)).body.code).toBe('invalid_credentials');
  });

  it('are worth five tries with their request, however many race, and no less for what others try', async () => {
    const { mobile } = await verified();
    const [one, two] = [(await request(mobile, 'login')).body.request, (await request(mobile, 'login')).body.request];
    const codes = (await sms.messagesTo(mobile, 3)).slice(1).map((text) => /\d{6}/.exec(text)![0]);
    // Which of the two texts is the answer to which request is open: one is right, the other wrong.
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => logInBy(mobile, codes.includes('000000') ? '999999' : '000000', LAPTOP, {}, one)),
    );
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    for (const code of codes)
      expect((await logInBy(mobile, code, LAPTOP, {}, one)).body.code).toBe('invalid_credentials');
    const statuses = [];
    for (const code of codes) statuses.push((await logInBy(mobile, code, LAPTOP, {}, two)).status);
    expect(statuses.sort()).toEqual([201, 401]);
  });

  it('last five minutes, and a later one leaves the earlier', async () => {
    const { mobile } = await verified();
    const asked = (await request(mobile, 'login')).body.request;
    const first = await sms.codeFor(mobile, 2);
    test.clock.advance(5 * MINUTE);
    expect((await logInBy(mobile, first)).status).toBe(401);
    expect((await logInBy(mobile, first, LAPTOP, {}, asked)).status).toBe(401);
    test.clock.advance(-5 * MINUTE);
    await request(mobile, 'login');
    const second = await sms.codeFor(mobile, 3);
    expect((await logInBy(mobile, first)).status).toBe(201);
    expect((await logInBy(mobile, second)).status).toBe(201);
  });

  it('serve no other purpose than their own', async () => {
    const { mobile, token } = await verified();
    await request(mobile, 'login');
    const code = await sms.codeFor(mobile, 2);
    expect((await recover(mobile, code)).body.code).toBe('invalid_credentials');
    expect((await verify(token, code)).body.code).toBe('invalid_code');
    expect((await logInBy(mobile, code)).status).toBe(201);
  });

  it('recover an account: a new password, every session ended', async () => {
    const { mobile, token } = await verified();
    await request(mobile, 'recover');
    const code = await sms.codeFor(mobile, 2);
    expect((await recover(mobile, code)).status).toBe(204);
    expect(await codeOf(token)).toBe('session_password_changed');
    expect((await test.api.login(mobile)).status).toBe(401);
    expect((await test.api.login(mobile, LAPTOP, { password: NEW_PASSWORD })).status).toBe(201);
    expect((await recover(mobile, code)).status).toBe(401);
  });

  it('go to proved channels only, and are answered alike for everybody', async () => {
    const { mobile } = await test.api.createUser();
    const answers = [
      await request(mobile, 'login'),
      await request(mobile, 'recover'),
      await request('nobody.here', 'login'),
    ];
    for (const { status, body } of answers)
      expect({ status, body }).toEqual({
        status: 202,
        body: { request: expect.stringMatching(/^[\w-]{43}$/), expiresIn: 300 },
      });
    await request(mobile, 'verify');
    await sms.codeFor(mobile);
    expect(sms.sentTo(mobile)).toEqual([expect.stringContaining('confirmation code')]);
  });

  it('are throttled per account, known or not, from whatever address and with whatever device secret', async () => {
    const ask = async (identifier: string, device?: object) => {
      const answers = [];
      for (let i = 0; i < 6; i++) answers.push((await request(identifier, 'login', device)).status);
      return answers;
    };
    for (const identifier of [(await test.api.createUser()).mobile, 'nobody.there']) {
      expect(await ask(identifier)).toEqual([202, 202, 202, 429, 429, 429]);
      const unknown = { 'x-device-id': randomUUID(), 'x-device-secret': newSecret() };
      expect(await ask(identifier, unknown)).toEqual([202, 202, 202, 202, 202, 429]);
    }
  });

  it('go out five times in ten minutes, twice of these to settled devices only, by whichever identifier', async () => {
    const { mobile, token } = await verified();
    const username = `asha${randomInt(2 ** 40)}`;
    await test.api.patch('/v1/users/me', { token, body: { username } });
    // One has gone out to verify.
    for (const identifier of [mobile, username, username])
      expect((await request(identifier, 'login')).status).toBe(202);
    const unknown = { 'x-device-id': randomUUID(), 'x-device-secret': newSecret() };
    expect((await request(mobile, 'login', unknown)).status).toBe(202);
    await test.app.get(CodesService, { strict: false }).idle();
    expect(sms.codesTo(mobile)).toHaveLength(3);
    const { device } = (await test.api.login(mobile, LAPTOP, { headers: { 'x-device-id': 'new' } })).body;
    const own = { 'x-device-id': device.id, 'x-device-secret': device.secret };
    expect((await request(mobile, 'recover', own)).status).toBe(202);
    await test.app.get(CodesService, { strict: false }).idle();
    expect(sms.codesTo(mobile)).toHaveLength(3);
  });

  it("are not used up by somebody who has used up their own address's share", async () => {
    const { mobile } = await verified();
    const headers = { 'x-forwarded-for': '203.0.113.99' };
    const ask = (identifier: string) =>
      test.api.post('/v1/codes', { body: { identifier, purpose: 'login' }, headers }).then(({ status }) => status);
    for (let i = 0; i < 30; i++) expect(await ask(`nobody${i}`)).toBe(202);
    for (let i = 0; i < 6; i++) expect(await ask(mobile)).toBe(429);
    expect((await request(mobile, 'login')).status).toBe(202);
    await sms.codeFor(mobile, 2);
  });

  describe('under attack', () => {
    /** A person on their first device, whose mobile is verified; their texts of this ten minutes are all unused. */
    async function owner() {
      const { mobile } = await test.api.createUser();
      const { token, device } = (await test.api.login(mobile, LAPTOP, { headers: { 'x-device-id': 'new' } })).body;
      const own = { 'x-device-id': device.id, 'x-device-secret': device.secret };
      await request(mobile, 'verify', own);
      expect((await verify(token, await sms.codeFor(mobile))).status).toBe(200);
      return { mobile, token, own };
    }
    const stranger = () => ({ 'x-forwarded-for': `203.0.113.${++address}` });
    const asked = async (identifier: string, purpose: string, device = {}) => {
      const before = sms.sentTo(identifier).length;
      const { body } = await request(identifier, purpose, device);
      return { request: body.request, code: await sms.codeFor(identifier, before + 1) };
    };

    it("reach a settled device, whatever strangers ask for, and strangers void none of the owner's", async () => {
      const { mobile, own } = await owner();
      const mine = await asked(mobile, 'login', own);
      for (let i = 0; i < 10; i++) await request(mobile, 'login');
      // Two of the strangers': three are open then.
      expect(sms.sentTo(mobile)).toHaveLength(4);
      expect((await logInBy(mobile, mine.code, PHONE, stranger(), mine.request)).status).toBe(201);
      const { mobile: other, own: others } = await owner();
      for (let i = 0; i < 10; i++) await request(other, 'login');
      expect(sms.sentTo(other)).toHaveLength(4);
      const late = await asked(other, 'login', others);
      expect((await logInBy(other, late.code, PHONE, stranger(), late.request)).status).toBe(201);
      await request(other, 'login', others);
      expect(sms.sentTo(other)).toHaveLength(5);
    });

    it('are stopped by no number of wrong passwords, and passwords by none of wrong codes', async () => {
      const { mobile } = await owner();
      const wrongPassword = () => test.api.login(mobile, PHONE, { password: 'not the password', headers: stranger() });
      for (let i = 0; i < 7; i++) await wrongPassword();
      expect((await wrongPassword()).status).toBe(429);
      const { code, request } = await asked(mobile, 'login');
      expect((await logInBy(mobile, code, PHONE, stranger(), request)).status).toBe(201);
      const { mobile: other } = await owner();
      for (let i = 0; i < 7; i++) await logInBy(other, '000000', PHONE, stranger());
      expect((await logInBy(other, '000000', PHONE, stranger())).status).toBe(429);
      expect((await test.api.login(other, PHONE, { headers: stranger() })).status).toBe(201);
    });

    it("are tried with their request whatever strangers have tried, and the shared tries are used up alike for nobody's account", async () => {
      const { mobile } = await owner();
      const guess = (identifier: string, more = {}) => logInBy(identifier, '000000', PHONE, { ...stranger(), ...more });
      for (const identifier of [mobile, `nobody${randomInt(2 ** 40)}`]) {
        const guesses = [];
        for (let i = 0; i < 6; i++) guesses.push((await guess(identifier)).status);
        expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
      }
      const { code, request } = await asked(mobile, 'login');
      expect((await logInBy(mobile, code, PHONE, stranger())).status).toBe(429);
      // What is used up for logins is not for recoveries.
      const recovery = await asked(mobile, 'recover');
      expect((await logInBy(mobile, code, PHONE, stranger(), request)).status).toBe(201);
      expect((await recover(mobile, recovery.code)).status).toBe(204);
    });

    it('are tried twenty times a day in vain, from one network with requests and from all without; then a stranger has one try for each', async () => {
      const { mobile, own } = await owner();
      const nobody = `nobody${randomInt(2 ** 40)}`;
      const network = stranger();
      for (const identifier of [mobile, nobody]) {
        const guesses = [];
        for (let i = 0; i < 21; i++)
          guesses.push((await logInBy(identifier, '000000', PHONE, network, newSecret())).status);
        expect(guesses).toEqual([...Array(20).fill(401), 429]);
        // The address has failed for both.
        test.clock.advance(10 * MINUTE);
        expect((await logInBy(identifier, '000000', PHONE, network, newSecret())).status).toBe(429);
        expect((await logInBy(identifier, '000000', PHONE, stranger())).status).toBe(429);
        test.clock.advance(-10 * MINUTE);
      }
      const first = await asked(mobile, 'login');
      expect((await logInBy(mobile, first.code, PHONE, stranger(), first.request)).status).toBe(201);
      const second = await asked(mobile, 'login');
      const statusOf = async (given: { code: string; request: string }, headers: object = stranger()) =>
        (await logInBy(mobile, given.code, PHONE, headers, given.request)).status;
      expect(await statusOf({ ...second, code: wrong(second.code) })).toBe(401);
      expect(await statusOf(second)).toBe(401);
      const third = await asked(mobile, 'login', own);
      expect(await statusOf({ ...third, code: wrong(third.code) })).toBe(401);
      expect(await statusOf(third)).toBe(201);
    });

    it.each([
      ['a proof', 'POST', '/v1/sessions/current/proof', {}, 200],
      ['a contact', 'PATCH', '/v1/users/me', { email: `${randomUUID()}@example.com` }, 200],
      ['a password', 'PUT', '/v1/users/me/password', { newPassword: NEW_PASSWORD }, 204],
      ['a deletion', 'DELETE', '/v1/users/me', {}, 202],
    ])('stand in for the password of %s with their request, when the tries without one are used up', async (...row) => {
      const [, method, path, body, status] = row;
      const { mobile } = await owner();
      const { token } = (await test.api.login(mobile, PHONE, { headers: stranger() })).body;
      const call = (given: object) => test.api.call(method, path, { token, body: { ...body, ...given } });
      for (let i = 0; i < 5; i++) expect((await call({ code: '000000' })).body.code).toBe('invalid_code');
      const { code, request } = await asked(mobile, 'login');
      expect((await call({ code })).status).toBe(429);
      expect((await call({ code, request: newSecret() })).body.code).toBe('invalid_code');
      expect((await call({ code, request })).status).toBe(status);
    });
  });

  it("set no password that is the person's own name, nor does anything else", async () => {
    const [email, username] = [`${randomUUID().slice(0, 8)}@example.com`, `asha${randomInt(2 ** 40)}`];
    const { mobile, token } = await verified();
    await test.api.patch('/v1/users/me', { token, body: { email, username } });
    const names = [username.toUpperCase(), mobile.slice(3), mobile, email, email.split('@')[0]!.toUpperCase()];
    const refused = (field: string) => ({ status: 400, body: { code: 'validation_failed', errors: [{ field }] } });
    await request(mobile, 'recover');
    const code = await sms.codeFor(mobile, 2);
    for (const own of names) {
      const change = { currentPassword: PASSWORD, newPassword: own };
      expect(await test.api.put('/v1/users/me/password', { token, body: change })).toMatchObject(
        refused('newPassword'),
      );
      const body = { username, mobile, email, password: own };
      for (const service of [true, false])
        expect(await test.api.post('/v1/users', { service, body })).toMatchObject(refused('password'));
    }
    const recovery = { identifier: mobile, code, newPassword: mobile };
    expect(await test.api.post('/v1/users/recover', { body: recovery })).toMatchObject(refused('newPassword'));
  });

  it('do not help into a locked account', async () => {
    const { id, mobile } = await verified();
    await request(mobile, 'login');
    const code = await sms.codeFor(mobile, 2);
    const admin = (await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body;
    await test.api.patch(`/v1/admin/users/${id}`, { token: admin.token, body: { locked: true } });
    expect((await logInBy(mobile, code)).body.code).toBe('invalid_credentials');
  });

  it('are 400 where they are no six digits, or come with a password', async () => {
    for (const more of [
      { code: '12345' },
      { code: 123456 },
      { code: '12345a' },
      { code: '123456', password: PASSWORD },
    ]) {
      const { status, body } = await test.api.post('/v1/sessions', { body: { identifier: 'someone', ...more } });
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'validation_failed' });
    }
  });
});

describe('codes without a provider, in production', () => {
  it('are 503 to everybody alike', async () => {
    const test = await startApp('sqlite', { NODE_ENV: 'production', ARGON2_MEMORY: '', SERVICE_KEYS: '' });
    const mobile = '+919012345678';
    await test.api.post('/v1/users', { body: { mobile, password: PASSWORD } });
    for (const identifier of [mobile, '+919012345679', 'nobody@example.com', 'nobody']) {
      const { status, body } = await test.api.post('/v1/codes', { body: { identifier, purpose: 'login' } });
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'channel_missing' });
    }
    await test.close();
  });
});
