import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt, randomUUID } from 'node:crypto';
import { CodesService } from '../../../src/codes/codes.service.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const MINUTE = 60_000;
const NEW_PASSWORD = 'quiet-Lemon-4-ladder';

describe.each(ENGINES)('%s: codes', (engine) => {
  let sms: TextMessages;
  let smtp: TestSmtp;
  let test: TestApp;
  beforeAll(async () => {
    sms = await startTextMessages();
    smtp = await startSmtp();
    const admin = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };
    test = await startApp(engine, {
      ...sms.settings,
      ...smtp.settings,
      ...admin,
      SESSION_LIMIT: '3',
      TEXTS_PER_ADDRESS: '30',
      TRUSTED_PROXIES: '127.0.0.1',
    });
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
    await smtp.close();
  });

  let address = 0;
  /** From an address of its own: one may ask thirty times only. */
  const request = (identifier: string, purpose: string) => {
    const headers = { 'x-forwarded-for': `198.51.100.${++address}` };
    return test.api.post('/v1/codes', { body: { identifier, purpose }, headers });
  };
  const logInBy = (identifier: string, code: string, userAgent = LAPTOP, headers = {}) =>
    test.api.post('/v1/sessions', { body: { identifier, code }, headers: { 'user-agent': userAgent, ...headers } });
  const verify = (token: string, code: string) => test.api.post('/v1/users/me/verify', { token, body: { code } });
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

  it('are guessed no faster with new ones, nor from other sessions', async () => {
    const { id, mobile } = await test.api.createUser();
    const { token } = (await test.api.serviceLogin(id)).body;
    const guess = async (by: string, i: number) => (await verify(by, wrong(await sms.codeFor(mobile, i)))).status;
    await request(mobile, 'verify');
    const guesses = [];
    for (let i = 0; i < 5; i++) guesses.push(await guess(token, 1));
    expect(guesses).toEqual([403, 403, 403, 403, 403]);
    await request(mobile, 'verify');
    const elsewhere = (await test.api.serviceLogin(id)).body.token;
    const code = await sms.codeFor(mobile, 2);
    expect(await verify(elsewhere, code)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    test.clock.advance(2000);
    expect((await verify(elsewhere, code)).status).toBe(200);
  });

  it('log in, once', async () => {
    const { mobile } = await verified();
    expect(await request(mobile, 'login')).toMatchObject({ status: 202, body: { expiresIn: 300 } });
    const code = await sms.codeFor(mobile, 2);
    const answers = await Promise.all([logInBy(mobile, code), logInBy(mobile, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    expect((await logInBy(mobile, code)).body.code).toBe('invalid_credentials');
  });

  it('are worth five tries, however many race', async () => {
    const { mobile } = await verified();
    await request(mobile, 'login');
    const code = await sms.codeFor(mobile, 2);
    const tries = await Promise.all(Array.from({ length: 5 }, () => logInBy(mobile, wrong(code))));
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    test.clock.advance(2000);
    expect((await logInBy(mobile, code)).body.code).toBe('invalid_credentials');
  });

  it('last five minutes, and a new one takes the place of the old', async () => {
    const { mobile } = await verified();
    await request(mobile, 'login');
    const first = await sms.codeFor(mobile, 2);
    test.clock.advance(5 * MINUTE);
    expect((await logInBy(mobile, first)).status).toBe(401);
    // The provider checks the time of what it is sent.
    test.clock.advance(-5 * MINUTE);
    await request(mobile, 'login');
    const second = await sms.codeFor(mobile, 3);
    await request(mobile, 'login');
    const third = await sms.codeFor(mobile, 4);
    if (second !== third) expect((await logInBy(mobile, second)).status).toBe(401);
    expect((await logInBy(mobile, third)).status).toBe(201);
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
    for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 202, body: { expiresIn: 300 } });
    await request(mobile, 'verify');
    await sms.codeFor(mobile);
    expect(sms.sentTo(mobile)).toEqual([expect.stringContaining('confirmation code')]);
  });

  it('are throttled per account, known or not', async () => {
    for (const identifier of [(await test.api.createUser()).mobile, 'nobody.there']) {
      const answers = [];
      for (let i = 0; i < 6; i++) answers.push((await request(identifier, 'login')).status);
      expect(answers).toEqual([202, 202, 202, 202, 202, 429]);
    }
  });

  it('are throttled per account, by whichever identifier it is named', async () => {
    const { mobile, token } = await verified();
    const username = `asha${randomInt(2 ** 40)}`;
    await test.api.patch('/v1/users/me', { token, body: { username } });
    for (let i = 0; i < 4; i++) await request(mobile, 'login');
    await sms.messagesTo(mobile, 5);
    expect((await request(username, 'login')).status).toBe(202);
    await test.app.get(CodesService, { strict: false }).idle();
    expect(sms.codesTo(mobile)).toHaveLength(5);
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
