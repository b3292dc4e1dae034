import { randomBytes } from 'node:crypto';
import { AccountStore } from '../../../src/accounts/index.js';
import { CodesService } from '../../../src/codes/codes.service.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { Client } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { eventually } from '../../support/eventually.js';
import { aMobile, aName } from '../../support/records.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const DAY = 86_400_000;

describe.each(ENGINES)('%s: a claim', (engine) => {
  const clock = new TestClock();
  let sms: TextMessages;
  let smtp: TestSmtp;
  let test: TestApp;
  beforeAll(async () => {
    sms = await startTextMessages(clock);
    smtp = await startSmtp();
    const admin = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password, SESSION_LIMIT: '3' };
    test = await startApp(engine, { ...sms.settings, ...smtp.settings, ...admin }, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
    await smtp.close();
  });
  /** What was asked in one test stops nothing in the next. */
  beforeEach(() => clock.advance(DAY));

  const anEmail = () => `e${randomBytes(6).toString('hex')}@example.com`;
  const ask = async (identifier: string, purpose = 'claim') => {
    const answer = await test.api.post('/v1/codes', { body: { identifier, purpose } });
    await test.app.get(CodesService, { strict: false }).idle();
    return answer;
  };
  /** Whoever holds the mobile asks for a code and reads it. */
  async function proofOf(mobile: string): Promise<{ code: string; request: string }> {
    const { body } = await ask(mobile);
    return { code: sms.codesTo(mobile).at(-1)!, request: body.request };
  }
  const register = (body: object) => test.api.post('/v1/users', { body: { password: PASSWORD, ...body } });
  const accountOf = (id: string) => test.app.get(AccountStore, { strict: false }).find(id);
  const me = (token: string) => test.api.get('/v1/users/me', { token });
  const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

  /** A stranger has registered the mobile, and is logged in. */
  async function squatted() {
    const mobile = aMobile();
    const { body } = await register({ mobile, username: aName() });
    const squatter = new Client(test.api, LAPTOP);
    await squatter.logIn(mobile);
    return { mobile, squatter, id: body.id as string };
  }
  /** Somebody who has proved the mobile. */
  async function settled() {
    const mobile = aMobile();
    const { body } = await register({ mobile, ...(await proofOf(mobile)) });
    return { mobile, id: body.id as string };
  }

  it('by a code gives the number to whoever holds it, verified; whoever had it keeps account and session, and is told', async () => {
    const { mobile, squatter } = await squatted();
    expect(await register({ mobile })).toMatchObject({ status: 409, body: { code: 'mobile_taken' } });
    const proof = await proofOf(mobile);
    expect(sms.sentTo(mobile).at(-1)).toContain('Somebody wants to use this number for an account.');
    const created = await register({ mobile, ...proof });
    expect(created).toMatchObject({ status: 201, body: { mobile, mobileVerifiedAt: expect.any(String) } });

    expect(await squatter.state()).toBe('live');
    expect((await me(squatter.token)).body).toMatchObject({ mobile: null, mobileVerifiedAt: null });
    const notice = await squatter.notice('contact_changed');
    expect(notice).toMatchObject({ kind: 'contact_changed', device: null });
    expect((await test.api.login(mobile, PHONE)).body.user.id).toBe(created.body.id);
  });

  it('leaves a trace in the audit record, without the number', async () => {
    const { mobile, id } = await squatted();
    await register({ mobile, ...(await proofOf(mobile)) });
    const admin = (await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body;
    const entries = async () =>
      (await test.api.get(`/v1/admin/audit?userId=${id}`, { token: admin.token })).body.items as { type: string }[];
    const isIt = ({ type }: { type: string }) => type === 'contact.changed';
    const items = await eventually(entries, (all) => all.some(isIt));
    expect(items.find(isIt)).toMatchObject({ actor: { kind: 'system' } });
    expect(JSON.stringify(items)).not.toContain(mobile);
  });

  it('works for an e-mail, however it is spelt', async () => {
    const email = anEmail();
    const { body: squatter } = await register({ email, username: aName() });
    const spelt = email.replace('e', 'E');
    const { body } = await ask(spelt);
    const mail = (await smtp.received(1, spelt)).at(-1)!;
    expect(mail.text).toContain('Somebody wants to use this address for an account.');
    const code = /\b\d{6}\b/.exec(mail.text!)![0];
    const created = await register({ email, code, request: body.request });
    expect(created).toMatchObject({ status: 201, body: { email, emailVerifiedAt: expect.any(String) } });
    expect(await accountOf(squatter.id)).toMatchObject({ email: null });
  });

  it('moves no e-mail that is spelt with a letter whose case only our key folds', async () => {
    const email = `é${anEmail()}`;
    const { body: holder } = await register({ email, username: aName() });
    // Its small letter is the same: another mailbox, with most hosts.
    const lookalike = email.replace('é', 'É');
    const { body } = await ask(lookalike);
    const mail = (await smtp.received(1, lookalike)).at(-1)!;
    const proof = { code: /\b\d{6}\b/.exec(mail.text!)![0], request: body.request };
    expect(await register({ email, ...proof })).toMatchObject({ status: 403, body: { code: 'invalid_code' } });
    expect(await register({ email: lookalike, ...proof })).toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    });
    expect(await accountOf(holder.id)).toMatchObject({ email });
  });

  it('moves nothing where something else that is asked for is taken', async () => {
    const { mobile, id } = await squatted();
    const other = await squatted();
    const { username } = (await me(other.squatter.token)).body;
    const email = anEmail();
    const { body: holder } = await register({ email, username: aName() });
    const proof = await proofOf(mobile);
    for (const more of [{ username }, { email }, { email, username }])
      expect((await register({ mobile, ...more, ...proof })).status).toBe(409);
    expect([await accountOf(id), await accountOf(holder.id)]).toMatchObject([{ mobile }, { email }]);
    const { body: asked } = await ask(email);
    const code = /\b\d{6}\b/.exec((await smtp.received(1, email)).at(-1)!.text!)![0];
    const claim = { email, code, request: asked.request };
    for (const more of [{ username }, { mobile }, { mobile, username }])
      expect((await register({ ...claim, ...more })).status).toBe(409);
    expect([await accountOf(id), await accountOf(holder.id)]).toMatchObject([{ mobile }, { email }]);
    expect((await register(claim)).status).toBe(201);
  });

  it('moves nothing where the holder has verified it', async () => {
    const { mobile, id } = await settled();
    const proof = await proofOf(mobile);
    for (const body of [
      { mobile, ...proof },
      { mobile, ...proof, username: aName() },
    ])
      expect(await register(body)).toMatchObject({ status: 409, body: { code: 'mobile_taken' } });
    expect(await accountOf(id)).toMatchObject({ mobile, mobileVerifiedAt: expect.any(Date) });
  });

  it('is answered alike for a number that is free, taken, or verified', async () => {
    const answers = [];
    for (const mobile of [aMobile(), (await squatted()).mobile, (await settled()).mobile]) {
      const { status, body } = await ask(mobile);
      answers.push({ status, members: Object.keys(body).sort(), expiresIn: body.expiresIn });
      expect(sms.codesTo(mobile).length).toBeGreaterThan(0);
    }
    expect(answers).toEqual(Array(3).fill({ status: 202, members: ['expiresIn', 'request'], expiresIn: 300 }));
  });

  it('is for a mobile or an e-mail', async () => {
    for (const identifier of [aName(), '12', '@', 'a@b', 'a@b@c.example'])
      expect(await ask(identifier)).toMatchObject({ status: 400, body: { errors: [{ field: 'identifier' }] } });
  });

  it('by a wrong code changes nothing, and the fifth try is the last', async () => {
    const { mobile, id } = await squatted();
    const proof = await proofOf(mobile);
    for (let tries = 0; tries < 5; tries++)
      expect(await register({ mobile, ...proof, code: wrong(proof.code) })).toMatchObject({
        status: 403,
        body: { code: 'invalid_code' },
      });
    expect(await register({ mobile, ...proof })).toMatchObject({ status: 403, body: { code: 'invalid_code' } });
    expect(await accountOf(id)).toMatchObject({ mobile });
  });

  it('needs the code of that contact, of that request, of that purpose, and in time', async () => {
    const { mobile, id } = await squatted();
    const [proof, other] = [await proofOf(mobile), await proofOf(aMobile())];
    const invalid = { status: 403, body: { code: 'invalid_code' } };
    expect(await register({ mobile, ...other })).toMatchObject(invalid);
    expect(await register({ mobile, code: proof.code, request: other.request })).toMatchObject(invalid);
    expect(await register({ mobile, code: proof.code, request: 'unknown' })).toMatchObject(invalid);
    expect(await register({ mobile, code: proof.code })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'request' }] },
    });
    const verify = await ask(mobile, 'verify');
    const verifying = { code: sms.codesTo(mobile).at(-1)!, request: verify.body.request };
    expect(await register({ mobile, ...verifying })).toMatchObject(invalid);
    clock.advance(300_000);
    expect(await register({ mobile, ...proof })).toMatchObject(invalid);
    expect(await accountOf(id)).toMatchObject({ mobile });
  });

  it('works once', async () => {
    const { mobile, squatter } = await squatted();
    const proof = await proofOf(mobile);
    expect((await register({ mobile, ...proof })).status).toBe(201);
    expect((await register({ mobile, ...proof })).status).toBe(403);
    await squatter.call('POST', '/v1/sessions/current/proof', { currentPassword: PASSWORD });
    expect((await squatter.call('PATCH', '/v1/users/me', { mobile, ...proof })).status).toBe(403);
  });

  it('is not used up by what else is wrong with the request', async () => {
    const { mobile } = await squatted();
    const taken = (await squatted()).squatter;
    const { username } = (await me(taken.token)).body;
    const proof = await proofOf(mobile);
    expect((await register({ mobile, ...proof, password: mobile })).status).toBe(400);
    expect((await register({ mobile, ...proof, username })).status).toBe(409);
    expect((await register({ mobile, ...proof })).status).toBe(201);
  });

  it('shares the texts of the number: three in ten minutes, whatever for', async () => {
    const { mobile } = await squatted();
    for (const purpose of ['claim', 'verify', 'claim']) expect((await ask(mobile, purpose)).status).toBe(202);
    expect(await ask(mobile)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(sms.codesTo(mobile)).toHaveLength(3);
  });

  describe('by somebody who has an account', () => {
    it('needs a fresh proof as well, and verifies the number there', async () => {
      const { mobile, squatter } = await squatted();
      const person = await test.api.createUser();
      const { token } = (await test.api.serviceLogin(person.id)).body;
      const proof = await proofOf(mobile);
      const edit = (body: object) => test.api.patch('/v1/users/me', { token, body });
      expect(await edit({ mobile, ...proof })).toMatchObject({ status: 403, body: { code: 'fresh_proof_required' } });
      expect((await me(squatter.token)).body).toMatchObject({ mobile });
      expect(await edit({ mobile, ...proof, code: wrong(proof.code), currentPassword: PASSWORD })).toMatchObject({
        status: 403,
        body: { code: 'invalid_code' },
      });
      const changed = await edit({ mobile, ...proof, currentPassword: PASSWORD });
      expect(changed).toMatchObject({ status: 200, body: { mobile, mobileVerifiedAt: expect.any(String) } });
      expect((await me(squatter.token)).body).toMatchObject({ mobile: null });
      expect(await squatter.state()).toBe('live');
    });

    it('verifies a number that is there already, and ends the other sessions as any first proof does', async () => {
      const person = await test.api.createUser();
      const [here, there] = [await test.api.login(person.mobile), await test.api.login(person.mobile, PHONE)];
      const body = { mobile: person.mobile, ...(await proofOf(person.mobile)) };
      const changed = await test.api.patch('/v1/users/me', { token: here.body.token, body });
      expect(changed).toMatchObject({ status: 200, body: { mobileVerifiedAt: expect.any(String) } });
      expect((await test.api.current(there.body.token)).body.code).toBe('session_revoked');
    });

    it('drops a password that its session does not stand on, as any first proof does', async () => {
      const { mobile, id, squatter } = await squatted();
      // The holder of the number, whom another backend has logged in.
      const { token } = (await test.api.serviceLogin(id)).body;
      const changed = await test.api.patch('/v1/users/me', { token, body: { mobile, ...(await proofOf(mobile)) } });
      expect(changed).toMatchObject({ status: 200, body: { mobileVerifiedAt: expect.any(String) } });
      expect(await squatter.state()).toBe('session_password_changed');
      expect((await squatter.logIn(mobile)).status).toBe(401);
    });

    it('leaves a verified e-mail verified that is only spelt otherwise', async () => {
      const email = anEmail();
      const { body } = await test.api.post('/v1/users', {
        service: true,
        body: { email, password: PASSWORD, verified: true },
      });
      const { token } = (await test.api.login(email)).body;
      const spelt = email.replace('e', 'E');
      const changed = await test.api.patch('/v1/users/me', {
        token,
        body: { email: spelt, currentPassword: PASSWORD },
      });
      expect(changed.body).toMatchObject({ email: spelt, emailVerifiedAt: body.emailVerifiedAt });
      expect(await accountOf(body.id)).toMatchObject({ formerIdentifiers: [] });
    });

    it('leaves a login code to be the proof that it is', async () => {
      const { mobile, id } = await settled();
      const { token } = (await test.api.serviceLogin(id)).body;
      const { body: asked } = await ask(mobile, 'login');
      const proof = { code: sms.codesTo(mobile).at(-1)!, request: asked.request };
      const next = aMobile();
      const changed = await test.api.patch('/v1/users/me', { token, body: { mobile: next, ...proof } });
      expect(changed).toMatchObject({ status: 200, body: { mobile: next, mobileVerifiedAt: null } });
    });
  });

  it('by a service that knows needs no code', async () => {
    const { mobile, squatter } = await squatted();
    const email = anEmail();
    const body = { mobile, email, verified: true };
    expect(await register(body)).toMatchObject({ status: 400, body: { errors: [{ field: 'verified' }] } });
    const created = await test.api.post('/v1/users', { service: true, body });
    const verified = { mobileVerifiedAt: expect.any(String), emailVerifiedAt: expect.any(String) };
    expect(created).toMatchObject({ status: 201, body: verified });
    expect((await me(squatter.token)).body).toMatchObject({ mobile: null });
    expect(await test.api.post('/v1/users', { service: true, body })).toMatchObject({ status: 409 });
  });

  it('by a service takes nothing off an administrator, unless its key may', async () => {
    const { token } = (await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body;
    const mobile = aMobile();
    expect((await test.api.patch('/v1/users/me', { token, body: { mobile } })).status).toBe(200);
    const created = await test.api.post('/v1/users', { service: true, body: { mobile, verified: true } });
    expect(created).toMatchObject({ status: 403, body: { code: 'service_scope_required', scope: 'admins' } });
    expect((await me(token)).body).toMatchObject({ mobile });
    // Its holder is no service.
    expect((await register({ mobile, ...(await proofOf(mobile)) })).status).toBe(201);
    expect((await me(token)).body).toMatchObject({ mobile: null });
  });

  it('leaves one account with the number, however many race for it', async () => {
    const { mobile, id } = await squatted();
    const proof = await proofOf(mobile);
    const answers = await Promise.all(Array.from({ length: 5 }, () => register({ mobile, ...proof })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => ![201, 403, 409].includes(status))).toEqual([]);
    expect(await accountOf(id)).toMatchObject({ mobile: null });
  });

  it('does not keep a report from putting back what stood there before a thief moved it', async () => {
    const { mobile, id } = await settled();
    const owner = new Client(test.api, LAPTOP);
    await owner.logIn(mobile);
    clock.advance(10 * DAY);
    await owner.logIn(mobile);
    const thief = new Client(test.api, PHONE);
    await thief.logIn(mobile);
    const others = aMobile();
    expect((await thief.call('PATCH', '/v1/users/me', { mobile: others, currentPassword: PASSWORD })).status).toBe(200);
    expect((await register({ mobile: others, ...(await proofOf(others)) })).status).toBe(201);
    expect(await accountOf(id)).toMatchObject({ mobile: null });
    expect((await owner.report({ identifier: mobile, password: PASSWORD })).status).toBe(204);
    expect(await accountOf(id)).toMatchObject({ mobile, mobileVerifiedAt: expect.any(Date) });
  });

  describe('of a number that its account had lately', () => {
    it('ends its rights there: no code and no link gives the account back any more', async () => {
      const { mobile, id } = await settled();
      const owner = new Client(test.api, LAPTOP);
      await owner.logIn(mobile);
      const next = aMobile();
      expect((await owner.call('PATCH', '/v1/users/me', { mobile: next, currentPassword: PASSWORD })).status).toBe(200);
      clock.advance(DAY);
      expect((await register({ mobile })).status).toBe(409);
      const created = await register({ mobile, ...(await proofOf(mobile)) });
      expect(created).toMatchObject({ status: 201, body: { mobile } });
      clock.advance(DAY);
      const { body } = await ask(mobile, 'recover');
      const given = { code: sms.codesTo(mobile).at(-1)!, request: body.request };
      const recovered = await test.api.post('/v1/users/recover', {
        body: { identifier: mobile, newPassword: 'quiet-Lemon-4-ladder', ...given },
      });
      expect(recovered.status).toBe(204);
      // It has recovered the new account, not the one that had the number.
      expect(await accountOf(id)).toMatchObject({ mobile: next });
      expect((await owner.logIn(next)).status).toBe(201);
    });
  });
});
