import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Accounts, SYSTEM, type AccountEvent, type AccountFact } from '../../../src/accounts/index.js';
import { DeliveryStore, newDelivery } from '../../../src/delivery/index.js';
import { Outbox } from '../../../src/outbox/index.js';
import { PASSWORD } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { burgled, codeTo, DAY, NEXT_PASSWORD, type Client } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { eventually } from '../../support/eventually.js';
import { BY, deciding } from '../../support/records.js';
import { isTo, startSmtp, type TestSmtp } from '../../support/smtp.js';
import { aSecret, startReceiver, type Receiver } from '../../support/receiver.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const LINK = /This wasn't me: http/;
const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;
const newMobile = () => `+9197${randomInt(10_000_000, 99_999_999)}`;

describe.each(ENGINES)('%s: every verified channel', (engine) => {
  let store: TestStore;
  let sms: TextMessages;
  let push: Receiver;
  let smtp: TestSmtp;
  let test: TestApp;
  const clock = new TestClock();
  const open = (more: Record<string, string> = {}) => {
    const settings = { ...sms.settings, ...smtp.settings, SESSION_LIMIT: '4', SESSION_IDLE_TIMEOUT: '31536000' };
    return startApp(engine, { ...settings, SESSION_MAX_AGE: '31536000', ...more }, store, clock);
  };
  beforeAll(async () => {
    store = newStore(engine);
    sms = await startTextMessages(clock);
    push = await startReceiver({ clock });
    push.verify('/push', aSecret());
    smtp = await startSmtp();
    test = await open({ PUSH_WEBHOOK_URL: `${push.url}/push`, PUSH_WEBHOOK_SECRET: aSecret() });
  });
  afterAll(async () => {
    await test.close();
    await smtp.close();
    await sms.close();
    await push.close();
    await store.dispose();
  });
  /** The start of a day, so that no test runs into the next. */
  beforeEach(() => clock.advance(DAY - (clock.now().getTime() % DAY)));

  /** Somebody whose mobile was verified a month ago and their e-mail `emailDays` ago; the thief is in beside them. */
  async function withChannels({ emailDays = 30 } = {}) {
    const person = await burgled(test.api, clock);
    const email = newEmail();
    const verify = deciding((draft) => {
      const ago = (days: number) => new Date(clock.now().getTime() - days * DAY);
      draft.set({ email, emailVerifiedAt: ago(emailDays), emailAddedAt: ago(emailDays) });
      draft.set({ mobileVerifiedAt: ago(30), mobileAddedAt: ago(30) });
    });
    await test.app.get(Accounts).change(person.id, verify);
    await person.thief.logIn(person.mobile);
    await smtp.received(1, email);
    await idle();
    return { ...person, email };
  }
  const mailsTo = (email: string) => smtp.mails.filter((mail) => isTo(mail, email));
  const told = (channel: string) => [...sms.sentTo(channel), ...mailsTo(channel).map(({ text }) => text!)];
  /** Resolves once nothing waits to be sent. */
  const idle = async () => {
    await test.app.get(Outbox).idle();
    const waiting = ['mail', 'text', 'push', 'former-contact'].map((target) =>
      test.app.get(DeliveryStore).list(target, { state: 'pending', before: null, limit: 9 }),
    );
    if ((await Promise.all(waiting)).flat().length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
    await idle();
  };
  const edit = async (client: Client, patch: object, proof: object = { currentPassword: PASSWORD }) =>
    expect((await client.call('PATCH', '/v1/users/me', { ...patch, ...proof })).status).toBe(200);

  it('is told of a new password, with the link that undoes it', async () => {
    const { mobile, email, thief } = await withChannels();
    expect((await thief.changePassword(NEXT_PASSWORD)).status).toBe(204);
    await idle();
    for (const channel of [mobile, email]) {
      expect(told(channel).at(-1)).toContain('The password of your account was changed: ');
      expect(told(channel).at(-1)).toMatch(LINK);
    }
    const token = /#([\w-]+)/.exec(told(mobile).at(-1)!)![1];
    expect((await test.api.post('/v1/reports', { body: { token } })).status).toBe(204);
    expect(await thief.state()).toBe('session_reported');
  });

  it('is told of a new contact: the one that was replaced, and the one that stays', async () => {
    const { mobile, email, thief } = await withChannels();
    const next = newMobile();
    await edit(thief, { mobile: next });
    await idle();
    for (const channel of [mobile, email]) {
      expect(told(channel).at(-1)).toMatch(/The mobile number of your account was changed: /);
      expect(told(channel).at(-1)).toMatch(LINK);
    }
    expect(told(next)).toEqual([]);
    await edit(thief, { email: newEmail() });
    await idle();
    expect(told(email).at(-1)).toContain('The e-mail address of your account was changed: ');
  });

  it('hears of all that one commit has changed in one message, while the inbox has a notice of each', async () => {
    const { mobile, email, owner, thief } = await withChannels();
    const before = [sms.sentTo(mobile).length, mailsTo(email).length, push.received.length];
    const username = `n${randomBytes(6).toString('hex')}`;
    await edit(thief, { mobile: newMobile(), email: newEmail(), username, displayName: 'Asha' });
    await idle();
    const changed = ['mobile number', 'e-mail address', 'username'].map(
      (one) => `The ${one} of your account was changed`,
    );
    const all = `${changed.join('. ')}: `;
    expect(sms.sentTo(mobile).slice(before[0])).toEqual([expect.stringContaining(all)]);
    const mails = mailsTo(email).slice(before[1]);
    expect(mails).toMatchObject([{ subject: 'Oneseat: Your account was changed', text: expect.stringContaining(all) }]);
    for (const text of [told(mobile).at(-1), told(email).at(-1)]) expect(text).toMatch(LINK);
    expect((await push.gets(before[2]! + 1)).slice(before[2])).toMatchObject([
      { body: { data: { kind: 'contact_changed' }, text: expect.stringContaining(all) } },
    ]);
    const inbox = await test.api.inbox(owner.token, (kinds) => kinds.length >= 4);
    const kinds = ['contact_changed', 'contact_changed', 'new_device', 'username_changed'];
    expect(inbox.map(({ kind }) => kind).sort()).toEqual(kinds);
  });

  it('is told without the link where whoever has changed it has proved as much, or more', async () => {
    const { mobile, email, thief } = await withChannels({ emailDays: 10 });
    // To the older channel, for which the younger one must not undo anything.
    const code = await codeTo(test.api, sms, mobile, 'login');
    await thief.call('PUT', '/v1/users/me/password', { code, newPassword: NEXT_PASSWORD });
    await idle();
    for (const channel of [mobile, email]) {
      expect(told(channel).at(-1)).toContain('The password of your account was changed');
      expect(told(channel).at(-1)).not.toMatch(LINK);
    }
    // Six minutes later only the device stands behind what happens.
    clock.advance(6 * 60_000);
    await edit(thief, { email: newEmail() }, { currentPassword: NEXT_PASSWORD });
    await idle();
    for (const channel of [mobile, email]) expect(told(channel).at(-1)).toMatch(LINK);
  });

  it('is told that a code has recovered the account: the older one with the link, the younger without', async () => {
    const { mobile, email, thief } = await withChannels({ emailDays: 40 });
    await thief.call('DELETE', '/v1/users/me', { currentPassword: PASSWORD });
    await idle();
    const code = await codeTo(test.api, sms, mobile, 'recover');
    const body = { identifier: mobile, code, newPassword: NEXT_PASSWORD };
    expect((await test.api.post('/v1/users/recover', { body })).status).toBe(204);
    await idle();
    for (const channel of [mobile, email])
      expect(told(channel).at(-1)).toContain(
        'The password of your account was changed. The deletion of your account was cancelled: ',
      );
    expect(told(email).at(-1)).toMatch(LINK);
    expect(told(mobile).at(-1)).not.toMatch(LINK);
  });

  it('gets five texts a day, however often they are tried, whatever node sends them; mails go on', async () => {
    const { mobile, email, owner } = await withChannels();
    const change = async (by: Client, n: number) => {
      const [last, next] = [n - 1, n].map((i) => (i === 0 ? PASSWORD : `${NEXT_PASSWORD}-${i}`));
      expect((await by.changePassword(next!, last)).status).toBe(204);
    };
    /** Resolves once the text that waits has failed so many times. */
    const tried = (times: number) => {
      const texts = failing.app.get(DeliveryStore);
      return eventually(
        () => texts.list('text', { state: 'pending', before: null, limit: 9 }),
        ([text]) => text?.attempts === times && text.lastError !== null,
      );
    };
    await change(owner, 1);
    await change(owner, 2);
    await idle();
    const failing = await open({ SMS_WEBHOOK_URL: `${push.url}/nowhere` });
    await test.close();
    // Its provider takes nothing: each try of a text that this node makes fails.
    owner.api = failing.api;
    await change(owner, 3);
    await tried(1);
    clock.advance(7000);
    await tried(2);
    await failing.close();
    test = await open();
    owner.api = test.api;
    clock.advance(60_000);
    await idle();
    expect(sms.sentTo(mobile)).toHaveLength(3);
    for (const n of [4, 5, 6, 7]) await change(owner, n);
    await idle();
    expect(sms.sentTo(mobile)).toHaveLength(5);
    expect(mailsTo(email)).toHaveLength(1 + 7);
    // Codes are not counted.
    await codeTo(test.api, sms, mobile, 'login');
    await edit(owner, { mobile: newMobile() }, { currentPassword: `${NEXT_PASSWORD}-7` });
    await idle();
    expect(sms.sentTo(mobile)).toHaveLength(6);
    clock.advance(DAY);
    const other = await withChannels();
    await change(other.owner, 1);
    await idle();
    expect(sms.sentTo(other.mobile)).toHaveLength(1);
  });

  describe('of what version 0.1.0 has left behind', () => {
    const leave = async (userId: string, fact: AccountFact) => {
      const event: AccountEvent = { id: randomUUID(), userId, at: clock.now(), actor: SYSTEM, ...fact };
      await test.app
        .get(Accounts)
        .change(userId, (account) => ({ result: {}, change: { account, ended: [], events: [event] } }));
      return event;
    };

    it('hears of events that wait', async () => {
      const { id, mobile, email } = await withChannels();
      const previous = newEmail();
      await leave(id, { type: 'contact.changed', channel: 'email', previous, by: BY });
      await idle();
      for (const channel of [mobile, email, previous]) expect(told(channel).at(-1)).toContain('was changed: Firefox');
      await leave(id, { type: 'password.changed', by: null });
      await idle();
      for (const channel of [mobile, email]) expect(told(channel).at(-1)).toContain('password of your account');
    });

    it('hears of deliveries that wait', async () => {
      const { id, email } = await withChannels();
      const event = { id: randomUUID(), userId: id, at: clock.now(), actor: SYSTEM, type: 'password.changed' } as const;
      const { device, ip } = BY;
      const about = { createdAt: clock.now(), readAt: null, sessionId: BY.sessionId, device, ip };
      const notice = { id: event.id, userId: id, kind: 'contact_changed', ...about };
      const previous = newEmail();
      await test.app
        .get(DeliveryStore)
        .add([
          newDelivery({ ...event, by: BY }, 'mail', notice, clock.now()),
          newDelivery({ ...event, by: BY }, 'former-contact', { notice, channel: 'email', previous }, clock.now()),
        ]);
      await idle();
      expect(told(email).at(-1)).toMatch(/The mobile number or e-mail address of your account was changed: Firefox/);
      expect(told(email).at(-1)).toMatch(LINK);
      expect(told(previous)).toHaveLength(1);
    });
  });
});
