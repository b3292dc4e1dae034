import { randomInt } from 'node:crypto';
import { Accounts } from '../../../src/accounts/index.js';
import { DeliveryStore } from '../../../src/delivery/index.js';
import { Outbox } from '../../../src/outbox/index.js';
import { PASSWORD, PHONE } from '../../support/api.js';
import { deciding } from '../../support/records.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aSecret, startReceiver, type Receiver } from '../../support/receiver.js';
import { isTo, startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';

describe.each(ENGINES)('%s: notices outside of the inbox', (engine) => {
  let smtp: TestSmtp;
  let push: Receiver;
  let test: TestApp;
  beforeAll(async () => {
    push = await startReceiver();
    push.verify('/push', aSecret());
    smtp = await startSmtp();
    test = await start();
    test.clock.stop();
  });
  afterAll(async () => {
    await test.close();
    await smtp.close();
    await push.close();
  });

  const start = (more: Record<string, string> = {}) => {
    const provider = { PUSH_WEBHOOK_URL: `${push.url}/push`, PUSH_WEBHOOK_SECRET: aSecret() };
    return startApp(engine, { ...smtp.settings, ...provider, ...more });
  };
  /** Verified as a code would do it. */
  const aPerson = async ({ verified = true, on = test } = {}) => {
    const email = `asha${randomInt(2 ** 40)}@example.com`;
    const { id } = await on.api.createUser({ email });
    const verify = deciding((draft) => draft.set({ emailVerifiedAt: draft.now }));
    if (verified) await on.app.get(Accounts).change(id, verify);
    return { id, email };
  };

  const waiting = () => test.app.get(DeliveryStore).list('mail', { state: 'pending', before: null, limit: 9 });

  it('go to the verified address: new device, displaced, password changed', async () => {
    const { id, email } = await aPerson();
    await test.api.serviceLogin(id);
    const { token } = (await test.api.serviceLogin(id, { userAgent: PHONE })).body;
    await test.api.put('/v1/users/me/password', {
      token,
      body: { currentPassword: PASSWORD, newPassword: `${PASSWORD}-2` },
    });
    const mails = await smtp.received(2, email);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Oneseat: New device signed in, another one was signed out',
      'Oneseat: Your password was changed',
    ]);
    for (const mail of mails) {
      expect(mail.to).toMatchObject({ value: [{ address: email }] });
      expect(mail.from).toMatchObject({ value: [{ address: 'no-reply@oneseat.example', name: 'Oneseat' }] });
      expect(mail.text).toContain('Safari on iOS, 203.0.113.7');
      expect(mail.html).toContain('<html lang="en">');
      expect(mail.text).toMatch(/This wasn't me: \S+\/report#[\w-]{80,}/);
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    }
    const pushed = await push.gets(2);
    expect(pushed.map(({ body }) => body.data.kind).sort()).toEqual(['new_device', 'password_changed']);
    for (const { body } of pushed) {
      expect(body).toMatchObject({ userId: id, title: expect.any(String), text: expect.stringContaining('Safari') });
    }
    expect(push.forged).toEqual([]);
  });

  it('are in the language of the settings', async () => {
    const spanish = await start({ MAIL_LANGUAGE: 'es', PRODUCT_NAME: 'Caja de Ahorros' });
    const { id, email } = await aPerson({ on: spanish });
    await spanish.api.serviceLogin(id);
    await spanish.api.serviceLogin(id, { userAgent: PHONE });
    const mails = await smtp.received(1, email);
    await spanish.close();
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Caja de Ahorros: Un dispositivo nuevo ha iniciado sesión y otro la ha cerrado',
    ]);
  });

  it('go to no address that nobody has verified', async () => {
    const [stranger, known] = [await aPerson({ verified: false }), await aPerson()];
    for (const { id } of [stranger, known]) {
      await test.api.serviceLogin(id);
      await test.api.serviceLogin(id, { userAgent: PHONE });
    }
    expect(await smtp.received(1, known.email)).toHaveLength(1);
    await test.app.get(Outbox).idle();
    expect(await eventually(waiting, ({ length }) => length === 0)).toEqual([]);
    expect(smtp.mails.filter((mail) => isTo(mail, stranger.email))).toEqual([]);
  });

  it('are tried again with the same Message-Id while the mail server will not take them', async () => {
    const { id, email } = await aPerson();
    await test.api.serviceLogin(id);
    smtp.refuseWith(450);
    await test.api.serviceLogin(id, { userAgent: PHONE });
    const tried = await eventually(waiting, (all) => {
      const onTheirWay = all.filter(({ attempts, lastError }) => attempts > 0 && lastError === null);
      return all.length === 1 && onTheirWay.length === 0 && all.some(({ lastError }) => lastError !== null);
    });
    expect(tried.map(({ lastError }) => lastError)).toContain('smtp 450');
    smtp.refuseWith(null);
    test.clock.advance(7000);
    const mails = await smtp.received(1, email);
    expect(mails).toHaveLength(1);
    for (const { messageId } of mails) expect(messageId).toMatch(/^<[\da-f-]{36}@oneseat\.example>$/);
  });

  it('are given up at once for an address that the mail server does not know, and others are not held up', async () => {
    const [gone, here] = [await aPerson(), await aPerson()];
    smtp.refuseWith(550, gone.email);
    for (const { id } of [gone, here]) {
      await test.api.serviceLogin(id);
      await test.api.serviceLogin(id, { userAgent: PHONE });
    }
    expect(await smtp.received(1, here.email)).toHaveLength(1);
    await smtp.refused(1);
    expect(smtp.mails.filter((mail) => isTo(mail, gone.email))).toEqual([]);
  });
});
