import { CodesService } from '../../../src/codes/codes.service.js';
import { AccountStore } from '../../../src/accounts/index.js';
import { NotificationStore } from '../../../src/notifications/index.js';
import { ReportLinks } from '../../../src/reports/index.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { burgled, Client, codeTo, DAY, NEXT_PASSWORD, THIEFS_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { aMobile, aName } from '../../support/records.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const anEmail = () => `${aName()}@example.com`;

/** s */
const A_YEAR = '31536000';

describe.each(ENGINES)('%s: a thief who moves what the account is found by', (engine) => {
  let sms: TextMessages;
  let smtp: TestSmtp;
  let test: TestApp;
  beforeAll(async () => {
    const clock = new TestClock();
    sms = await startTextMessages(clock);
    smtp = await startSmtp();
    const settings = {
      ...sms.settings,
      ...smtp.settings,
      SESSION_LIMIT: '3',
      SESSION_IDLE_TIMEOUT: A_YEAR,
      SESSION_MAX_AGE: A_YEAR,
    };
    test = await startApp(engine, settings, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await smtp.close();
    await sms.close();
  });

  /** Codes are worth five minutes, and so are guesses. */
  const pass = (ms = 900_000) => test.clock.advance(ms);
  const code = (to: string, purpose: string) => codeTo(test.api, sms, to, purpose);
  const recover = (identifier: string, digits: string, newPassword = NEXT_PASSWORD) =>
    test.api.post('/v1/users/recover', { body: { identifier, code: digits, newPassword } });
  const register = (mobile: string) => test.api.post('/v1/users', { body: { mobile, password: THIEFS_PASSWORD } });
  const profile = async (client: Client) => (await client.call('GET', '/v1/users/me')).body;

  /** Whether a code that is asked for is sent there: the answer does not say. */
  async function isSent(to: string, purpose: string): Promise<boolean> {
    const count = () =>
      sms.codesTo(to).length + smtp.mails.filter((mail) => JSON.stringify(mail.to).includes(to)).length;
    const before = count();
    expect((await test.api.post('/v1/codes', { body: { identifier: to, purpose } })).status).toBe(202);
    await test.app.get(CodesService).idle();
    return count() > before;
  }
  async function mailedCode(email: string, purpose: string): Promise<string> {
    expect(await isSent(email, purpose)).toBe(true);
    const mail = smtp.mails.findLast(
      ({ subject, to }) => subject!.includes('code') && JSON.stringify(to).includes(email),
    )!;
    return /\b\d{6}\b/.exec(mail.text!)![0];
  }
  /** The link that somebody gets who reads what is sent to the mobile; null where they get none. */
  async function linkTo(userId: string, mobile: string, noticeId: string): Promise<string | null> {
    const account = (await test.app.get(AccountStore, { strict: false }).find(userId))!;
    const notice = (await test.app.get(NotificationStore, { strict: false }).find(userId, noticeId))!;
    const url = await test.app.get(ReportLinks).urlFor(account, 'mobile', mobile, notice, null);
    return url && url.split('#')[1]!;
  }
  const follow = (token: string | null) => test.api.post('/v1/reports', { body: { token } });

  /** The account of an owner who had proved the mobile a month ago, and a thief who has moved it to one of their own. */
  async function moved() {
    const at = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, at.owner, at.mobile);
    pass(30 * DAY);
    const theirs = aMobile();
    expect((await at.thief.logIn(at.mobile)).status).toBe(201);
    expect((await patchAs(at.thief, { mobile: theirs })).status).toBe(200);
    await verifyMobile(test.api, sms, at.thief, theirs);
    // What the first proof of a contact ends is not what these stories are about.
    expect(await at.owner.state()).toBe('session_revoked');
    pass();
    return { ...at, theirs };
  }

  interface Scene {
    readonly id: string;
    readonly mobile: string;
    readonly owner: Client;
    readonly thief: Client;
    readonly theirs: string;
  }

  /** Whatever the thief tries, from whichever device: nothing. And the owner is in, with the account as it was. */
  async function expectOwners({ id, mobile, owner, thief, theirs }: Scene, noticeId: string): Promise<void> {
    expect(await linkTo(id, theirs, noticeId)).toBeNull();
    for (const purpose of ['login', 'recover', 'verify']) {
      pass();
      expect(await isSent(theirs, purpose)).toBe(false);
    }
    for (const client of [thief, new Client(test.api, PHONE)]) {
      for (const identifier of [mobile, theirs]) {
        pass();
        expect((await client.logIn(identifier)).body.code).toBe('invalid_credentials');
      }
    }
    expect(await thief.state()).not.toBe('live');
    pass();
    const answer = await owner.logIn(mobile, { code: await code(mobile, 'login') });
    expect(answer).toMatchObject({ status: 201, body: { user: { mobile } } });
    expect(answer.body.user.mobileVerifiedAt).not.toBeNull();
    // What the thief had put on the account is free again.
    expect((await register(theirs)).status).toBe(201);
  }

  const BACK: Record<string, (at: Scene, link: string) => Promise<unknown>> = {
    'a recovery by the number that was moved': async ({ mobile }) =>
      expect((await recover(mobile, await code(mobile, 'recover'))).status).toBe(204),
    'the link in the text to that number': async (_, link) => expect((await follow(link)).status).toBe(204),
    'a report from a device that is older': async ({ owner }) => expect((await owner.report()).status).toBe(204),
    'a report by that number and the password': async ({ owner, mobile }) =>
      expect((await owner.report({ identifier: mobile, password: PASSWORD })).status).toBe(204),
  };

  it.each(Object.keys(BACK))('keeps nothing of a moved mobile after %s', async (way) => {
    const at = await moved();
    const { id, mobile, owner } = at;
    expect((await register(mobile)).body.code).toBe('mobile_taken');
    expect(await isSent(mobile, 'login')).toBe(false);
    // The number still finds the account on the owner's laptop, and on no other device.
    expect((await new Client(test.api, LAPTOP).logIn(mobile)).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(mobile)).status).toBe(201);
    const notice = await owner.notice('contact_changed');
    const link = (await linkTo(id, mobile, notice.id))!;
    expect(await owner.call('DELETE', '/v1/sessions/current')).toMatchObject({ status: 204 });
    await BACK[way]!(at, link);
    await expectOwners(at, notice.id);
  });

  it.each(Object.keys(BACK))(
    'keeps nothing of a mobile that was moved, verified and removed, after %s',
    async (way) => {
      const at = await moved();
      const { id, mobile, owner, thief } = at;
      expect((await patchAs(thief, { mobile: null, username: aName() })).status).toBe(403);
      expect((await thief.call('POST', '/v1/sessions/current/proof', { currentPassword: PASSWORD })).status).toBe(200);
      expect((await patchAs(thief, { username: aName() })).status).toBe(200);
      expect((await patchAs(thief, { mobile: null })).status).toBe(200);
      pass();
      expect((await owner.logIn(mobile)).status).toBe(201);
      const notice = await owner.notice('contact_changed');
      const link = (await linkTo(id, mobile, notice.id))!;
      expect(await owner.call('DELETE', '/v1/sessions/current')).toMatchObject({ status: 204 });
      await BACK[way]!(at, link);
      await expectOwners(at, notice.id);
    },
  );

  it('gives nothing back once two weeks have passed, and lets others have the number then', async () => {
    const { id, mobile, owner } = await moved();
    await owner.logIn(mobile);
    const notice = await owner.notice('contact_changed');
    const link = (await linkTo(id, mobile, notice.id))!;
    pass(14 * DAY + 3_600_000);
    expect(await isSent(mobile, 'recover')).toBe(false);
    expect((await follow(link)).body.code).toBe('report_link_stale');
    expect((await owner.logIn(mobile)).body.code).toBe('invalid_credentials');
    expect((await register(mobile)).status).toBe(201);
  });

  it('who waits a week before adding an e-mail keeps nothing after a recovery by the mobile, or a report', async () => {
    for (const way of ['report', 'recovery'] as const) {
      const { mobile, owner, thief } = await burgled(test.api, test.clock);
      await verifyMobile(test.api, sms, owner, mobile);
      pass(60_000);
      expect((await thief.logIn(mobile)).status).toBe(201);
      pass(8 * DAY);
      const email = `${aName()}@example.com`;
      await thief.call('POST', '/v1/sessions/current/proof', { currentPassword: PASSWORD });
      expect((await patchAs(thief, { email })).status).toBe(200);
      const digits = await mailedCode(email, 'verify');
      expect((await thief.call('POST', '/v1/users/me/verify', { code: digits })).status).toBe(200);
      await thief.call('DELETE', '/v1/sessions/current');
      pass(2 * DAY);
      expect((await thief.logIn(mobile)).status).toBe(201);
      expect((await owner.logIn(mobile)).status).toBe(201);
      const login = await mailedCode(email, 'login');
      if (way === 'report') expect((await owner.reportNotice('new_device', thief.deviceId)).status).toBe(200);
      else expect((await recover(mobile, await code(mobile, 'recover'))).status).toBe(204);
      // A code that was sent before is worth nothing any more, and none is sent.
      expect((await thief.logIn(email, { code: login })).body.code).toBe('invalid_credentials');
      for (const purpose of ['login', 'recover']) {
        pass();
        expect(await isSent(email, purpose)).toBe(false);
      }
      for (const client of [thief, new Client(test.api, PHONE)]) {
        pass();
        expect((await client.logIn(email)).body.code).toBe('invalid_credentials');
        expect((await client.logIn(mobile)).body.code).toBe('invalid_credentials');
      }
      const password = way === 'report' ? PASSWORD : NEXT_PASSWORD;
      expect((await owner.logIn(mobile, { password })).body.user).toMatchObject({ mobile, email: null });
    }
  });

  it('by a look-alike in the place of an e-mail gets no code that is meant for it', async () => {
    const { id, mobile, owner, thief } = await burgled(test.api, test.clock);
    const email = `é${anEmail()}`;
    // Its small letter is the same: another mailbox, with most hosts.
    const lookalike = email.replace('é', 'É');
    expect((await patchAs(owner, { email })).status).toBe(200);
    const verify = async (client: Client, to: string) =>
      (await client.call('POST', '/v1/users/me/verify', { code: await mailedCode(to, 'verify') })).status;
    expect(await verify(owner, email)).toBe(200);
    pass(30 * DAY);
    expect((await thief.logIn(mobile)).status).toBe(201);
    expect((await patchAs(thief, { email: lookalike })).status).toBe(200);
    expect(await verify(thief, lookalike)).toBe(200);
    pass();
    expect((await recover(email, await mailedCode(email, 'recover'))).status).toBe(204);
    const account = await test.app.get(AccountStore, { strict: false }).find(id);
    expect(account).toMatchObject({ email, emailVerifiedAt: expect.any(Date) });
    expect(await thief.state()).toBe('session_password_changed');
  });

  it("who changes the password, or verifies a contact, voids no code on its way to the owner's", async () => {
    const { mobile, owner, thief } = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, owner, mobile);
    pass(30 * DAY);
    expect((await thief.logIn(mobile)).status).toBe(201);
    const digits = await code(mobile, 'recover');
    expect((await thief.changePassword(THIEFS_PASSWORD)).status).toBe(204);
    const email = anEmail();
    expect((await patchAs(thief, { email })).status).toBe(200);
    const verifying = { code: await mailedCode(email, 'verify') };
    expect((await thief.call('POST', '/v1/users/me/verify', verifying)).status).toBe(200);
    expect((await recover(mobile, digits)).status).toBe(204);
    expect(await thief.state()).toBe('session_password_changed');
    // Once.
    expect((await recover(mobile, digits, `${NEXT_PASSWORD}-2`)).status).toBe(401);
  });

  it('who adds an e-mail, verifies it and replaces it leaves none after a report', async () => {
    const { id, mobile, owner, thief } = await burgled(test.api, test.clock);
    await thief.logIn(mobile);
    const [first, second] = [anEmail(), anEmail()];
    expect((await patchAs(thief, { email: first })).status).toBe(200);
    const verifying = { code: await mailedCode(first, 'verify') };
    expect((await thief.call('POST', '/v1/users/me/verify', verifying)).status).toBe(200);
    pass(1000);
    expect((await patchAs(thief, { email: second })).status).toBe(200);
    expect((await owner.report({ identifier: mobile, password: PASSWORD })).status).toBe(204);
    const account = await test.app.get(AccountStore, { strict: false }).find(id);
    expect(account).toMatchObject({ mobile, email: null, emailVerifiedAt: null, formerIdentifiers: [] });
    pass();
    expect(await isSent(first, 'recover')).toBe(false);
  });

  it('has no say over a number that its holder has left by a code to it, though it was left and taken back before', async () => {
    const { mobile, owner } = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, owner, mobile);
    pass(30 * DAY);
    const [between, next] = [aMobile(), aMobile()];
    for (const one of [between, mobile])
      expect((await patchAs(owner, { mobile: one, currentPassword: PASSWORD })).status).toBe(200);
    pass();
    await verifyMobile(test.api, sms, owner, mobile);
    pass();
    expect((await patchAs(owner, { mobile: next, code: await code(mobile, 'login') })).status).toBe(200);
    pass();
    for (const purpose of ['login', 'recover', 'verify']) expect(await isSent(mobile, purpose)).toBe(false);
    expect((await register(mobile)).status).toBe(201);
  });

  it('has no say over a number that its holder has left by a code to it', async () => {
    const { id, mobile, owner } = await burgled(test.api, test.clock);
    await verifyMobile(test.api, sms, owner, mobile);
    pass(30 * DAY);
    const next = aMobile();
    expect((await patchAs(owner, { mobile: next, code: await code(mobile, 'login') })).status).toBe(200);
    await verifyMobile(test.api, sms, owner, next);
    const notice = await owner.notice('contact_changed');
    expect(await linkTo(id, mobile, notice.id)).toBeNull();
    pass();
    for (const purpose of ['login', 'recover', 'verify']) expect(await isSent(mobile, purpose)).toBe(false);
    expect((await owner.logIn(mobile)).body.code).toBe('invalid_credentials');
    // Its next holder gets an account of their own.
    expect((await register(mobile)).status).toBe(201);
    expect((await profile(owner)).mobile).toBe(next);
    expect(await owner.state()).toBe('live');
  });
});

describe.each(ENGINES)('%s: where no channel was ever verified', (engine) => {
  it.each(['end-oldest', 'refuse', 'approve'])(
    'a thief who changes password, name and mobile is out after a report, and the owner in: %s',
    async (onLimit) => {
      const test = await startApp(engine, { SESSION_ON_LIMIT: onLimit });
      try {
        const username = aName();
        const { id, mobile } = await test.api.createUser({ username });
        const [owner, thief] = [new Client(test.api, LAPTOP), new Client(test.api, PHONE)];
        await owner.logIn(username);
        if (onLimit !== 'end-oldest') await owner.call('DELETE', '/v1/sessions/current');
        test.clock.advance(1000);
        expect((await thief.logIn(username)).status).toBe(201);
        const [other, elsewhere] = [aName(), aMobile()];
        expect((await patchAs(thief, { username: other, mobile: elsewhere })).status).toBe(200);
        expect((await thief.changePassword(THIEFS_PASSWORD)).status).toBe(204);
        test.clock.advance(1000);
        expect((await owner.report()).status).toBe(204);
        expect(await thief.state()).toBe('session_reported');
        for (const identifier of [username, mobile, other, elsewhere]) {
          for (const password of [PASSWORD, THIEFS_PASSWORD]) {
            test.clock.advance(900_000);
            expect((await thief.logIn(identifier, { password })).body.code).toBe('invalid_credentials');
          }
        }
        test.clock.advance(900_000);
        expect((await owner.logIn(username)).body.user).toMatchObject({ id, username, mobile });
        expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
        expect((await owner.logIn(mobile, { password: NEXT_PASSWORD })).status).toBe(201);
      } finally {
        await test.close();
      }
    },
  );
});

const patchAs = (client: Client, body: object) => client.call('PATCH', '/v1/users/me', body);
