import { PHONE } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { burgled, Client, codeTo, DAY, NEXT_PASSWORD, THIEFS_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { adminToken } from '../../support/people.js';
import { aMobile } from '../../support/records.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

describe.each(ENGINES)('%s: a link of the help desk', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  let admin: string;
  beforeAll(async () => {
    const clock = new TestClock();
    sms = await startTextMessages(clock);
    const settings = {
      ADMIN_USERNAME: ADMIN.username,
      ADMIN_PASSWORD: ADMIN.password,
      ...sms.settings,
      SESSION_IDLE_TIMEOUT: '31536000',
      SESSION_MAX_AGE: '31536000',
    };
    test = await startApp(engine, settings, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });
  const logInAdmin = async () => {
    admin = await adminToken(test.api);
  };
  beforeEach(logInAdmin);

  const link = (userId: string, token = admin) => test.api.post(`/v1/admin/users/${userId}/recovery`, { token });
  const recover = (token: string, newPassword = NEXT_PASSWORD, headers = {}) =>
    test.api.post('/v1/users/recover/link', { body: { token, newPassword }, headers });

  it('gives the account back where the thief has a settled device and the only channel', async () => {
    const { id, mobile, owner, thief } = await burgled(test.api, test.clock);
    const theirs = aMobile();
    expect((await thief.logIn(mobile)).status).toBe(201);
    expect((await thief.call('PATCH', '/v1/users/me', { mobile: theirs })).status).toBe(200);
    await verifyMobile(test.api, sms, thief, theirs);
    expect((await thief.changePassword(THIEFS_PASSWORD)).status).toBe(204);
    test.clock.advance(60 * DAY);
    expect((await thief.logIn(theirs, { code: await codeTo(test.api, sms, theirs, 'login') })).status).toBe(201);
    await logInAdmin();

    const { status, body } = await link(id);
    expect(status).toBe(201);
    expect(new URL(body.url)).toMatchObject({ pathname: '/recover', hash: `#${body.token}` });
    expect((await recover(body.token, NEXT_PASSWORD, owner.headers)).status).toBe(204);
    expect(await thief.state()).toBe('session_password_changed');
    test.clock.advance(900_000);
    const sent = sms.codesTo(theirs).length;
    for (const purpose of ['login', 'recover'])
      expect((await test.api.post('/v1/codes', { body: { identifier: theirs, purpose } })).status).toBe(202);
    for (const password of [THIEFS_PASSWORD, 'plum-Velvet-7-harbour']) {
      test.clock.advance(900_000);
      expect((await thief.logIn(theirs, { password })).body.code).toBe('invalid_credentials');
    }
    expect((await owner.logIn(theirs, { password: NEXT_PASSWORD })).status).toBe(201);
    expect((await owner.call('GET', '/v1/users/me')).body).toMatchObject({ mobile: theirs, mobileVerifiedAt: null });
    expect((await owner.call('PATCH', '/v1/users/me', { mobile })).status).toBe(200);
    expect((await new Client(test.api, PHONE).logIn(theirs, { password: NEXT_PASSWORD })).status).toBe(401);
    expect(sms.codesTo(theirs)).toHaveLength(sent);
  });

  it('works once, for a day, and only the newest one', async () => {
    const { id } = await burgled(test.api, test.clock);
    const [first, second] = [(await link(id)).body.token, (await link(id)).body.token];
    expect((await recover(first)).body.code).toBe('invalid_recovery_link');
    const answers = await Promise.all([recover(second), recover(second, THIEFS_PASSWORD)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    expect((await recover(second)).body.code).toBe('invalid_recovery_link');
    const third = (await link(id)).body.token;
    test.clock.advance(DAY);
    expect((await recover(third)).body.code).toBe('invalid_recovery_link');
  });

  it('takes no password that may not be chosen, and stays good for another', async () => {
    const { id } = await burgled(test.api, test.clock);
    const { token } = (await link(id)).body;
    for (const password of ['plum-Velvet-7-harbour', '12345678'])
      expect((await recover(token, password)).body).toMatchObject({ status: 400, errors: [{ field: 'newPassword' }] });
    expect((await recover(token)).status).toBe(204);
  });

  it('opens no locked account, and none by a token that is not one of ours', async () => {
    const { id } = await burgled(test.api, test.clock);
    const { token } = (await link(id)).body;
    await test.api.patch(`/v1/admin/users/${id}`, { token: admin, body: { locked: true } });
    expect((await link(id)).body).toMatchObject({ status: 403, code: 'user_locked' });
    for (const wrong of [token, `${token.slice(0, -4)}AAAA`, token.slice(4), 'x', `ost_${token.slice(4)}`])
      expect((await recover(wrong)).body.code).toBe('invalid_recovery_link');
  });

  it('is told to the inbox and to every verified channel, and so is its use, which leaves no channel verified', async () => {
    const { id, mobile, owner } = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, owner, mobile);
    const sent = sms.sentTo(mobile).length;
    const { token } = (await link(id)).body;
    const [made] = (await sms.messagesTo(mobile, sent + 1)).slice(sent);
    expect(made).toContain('Our help desk has made a link that sets a new password for your account');
    expect(made).not.toContain(token);
    expect(await owner.notice('recovery_link_made')).toMatchObject({ device: null });
    expect((await recover(token)).status).toBe(204);
    const [used] = (await sms.messagesTo(mobile, sent + 2)).slice(sent + 1);
    expect(used).toContain('The password of your account was changed');
  });

  it('is void once the owner has recovered or reported from a settled channel or device, and once the account is locked', async () => {
    const byCode = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, byCode.owner, byCode.mobile);
    test.clock.advance(8 * DAY);
    await logInAdmin();
    const first = (await link(byCode.id)).body.token;
    const code = await codeTo(test.api, sms, byCode.mobile, 'recover');
    const body = { identifier: byCode.mobile, code, newPassword: NEXT_PASSWORD };
    expect((await test.api.post('/v1/users/recover', { body })).status).toBe(204);
    expect((await recover(first)).status).toBe(410);

    const byDevice = await burgled(test.api, test.clock);
    const second = (await link(byDevice.id)).body.token;
    const { mobile } = byDevice;
    expect((await byDevice.owner.report({ identifier: mobile, password: 'plum-Velvet-7-harbour' })).status).toBe(204);
    expect((await recover(second)).status).toBe(410);

    const locked = await burgled(test.api, test.clock);
    const third = (await link(locked.id)).body.token;
    for (const lock of [true, false])
      await test.api.patch(`/v1/admin/users/${locked.id}`, { token: admin, body: { locked: lock } });
    expect((await recover(third)).status).toBe(410);
  });

  it('is made by an administrator with a fresh proof, for somebody else, and recorded without its secret', async () => {
    const { id, owner } = await burgled(test.api, test.clock);
    expect((await link(id, owner.token)).body.code).toBe('admin_required');
    const { user } = (await test.api.current(admin)).body;
    expect((await link(user.id)).body.code).toBe('own_account');
    const { token } = (await link(id)).body;
    test.clock.advance(300_000);
    expect((await link(id)).body.code).toBe('fresh_proof_required');
    const { items } = (
      await test.api.get(`/v1/admin/audit?userId=${id}&type=user.recovery_link_made`, { token: admin })
    ).body;
    expect(items).toMatchObject([{ actor: { kind: 'admin', userId: user.id } }]);
    expect(JSON.stringify(items)).not.toContain(token);
  });

  it('leads to a page without inline script', async () => {
    const page = await fetch(`${test.url}/recover`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<script src="/recover.js">');
    expect((await fetch(`${test.url}/recover.js`)).headers.get('content-type')).toContain('javascript');
  });
});
