import { randomInt } from 'node:crypto';
import { Accounts } from '../../../src/accounts/index.js';
import { DeliveryStore, type DeliveryState } from '../../../src/delivery/index.js';
import { DeliveryDispatcher } from '../../../src/delivery/dispatcher.service.js';
import { PASSWORD } from '../../support/api.js';
import { deciding } from '../../support/records.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { aSecret, startReceiver, type Receiver } from '../../support/receiver.js';
import { startSmtp, type TestSmtp } from '../../support/smtp.js';
import { ENGINES } from '../../support/stores.js';

const HOUR = 3_600_000;
const newEmail = () => `asha${randomInt(2 ** 40)}@example.com`;
const newMobile = () => `+9197${randomInt(10_000_000, 99_999_999)}`;

describe.each(ENGINES)('%s: a contact that was replaced', (engine) => {
  let sms: Receiver;
  let smtp: TestSmtp;
  let test: TestApp;
  beforeAll(async () => {
    smtp = await startSmtp();
    sms = await startReceiver();
    sms.verify('/sms', aSecret());
    const provider = { SMS_WEBHOOK_URL: `${sms.url}/sms`, SMS_WEBHOOK_SECRET: aSecret() };
    test = await startApp(engine, { ...smtp.settings, ...provider });
    test.clock.stop();
  });
  afterAll(async () => {
    await test.close();
    await smtp.close();
    await sms.close();
  });

  /** A target rests after a failure, as that of the test before. */
  beforeEach(() => test.clock.advance(1000));

  /** Somebody with a proved mobile and e-mail. */
  const aPerson = async () => {
    const email = newEmail();
    const { id, mobile } = await test.api.createUser({ email });
    const prove = deciding((draft) => draft.set({ emailVerifiedAt: draft.now, mobileVerifiedAt: draft.now }));
    await test.app.get(Accounts).change(id, prove);
    const { token } = (await test.api.login(mobile)).body;
    const change = async (patch: object) => {
      const body = { ...patch, currentPassword: PASSWORD };
      expect(await test.api.patch('/v1/users/me', { token, body })).toMatchObject({ status: 200 });
    };
    return { email, mobile, change };
  };
  const list = (state: DeliveryState) =>
    test.app.get(DeliveryStore).list('former-contact', { state, before: null, limit: 9 });
  /** Once there is one that was tried. */
  const tried = (state: DeliveryState) =>
    eventually(
      () => list(state),
      ([first]) => typeof first?.lastError === 'string',
    );

  it('is tried once at a time where its provider fails', async () => {
    const { mobile, change } = await aPerson();
    sms.respond((response) => response.writeHead(503).end());
    await change({ mobile: newMobile() });
    expect(await tried('pending')).toMatchObject([{ attempts: 1, lastError: 'answered 503' }]);
    expect(sms.received.map(({ body }) => body.to)).toEqual([mobile]);
  });

  it('is kept for an hour and no longer where it cannot be told', async () => {
    const { email, change } = await aPerson();
    smtp.refuseWith(550, email);
    await change({ email: newEmail() });
    const [given] = await tried('dead');
    expect(given).toMatchObject({ attempts: 1, payload: expect.stringContaining(email) });
    const tidy = async (later: number) => {
      test.clock.advance(later);
      await test.app.get(DeliveryDispatcher).tidy();
      return list('dead');
    };
    expect(await tidy(HOUR - 1000)).toHaveLength(1);
    expect(await tidy(2000)).toEqual([]);
  });
});
