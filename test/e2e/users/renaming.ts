import { randomBytes } from 'node:crypto';
import { AuditStore } from '../../../src/audit/index.js';
import { Outbox } from '../../../src/outbox/index.js';
import { Erasures } from '../../../src/personal-data/erasures.service.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Client, codeTo, DAY, NEXT_PASSWORD, verifyMobile } from '../../support/burglary.js';
import { TestClock } from '../../support/clock.js';
import { contentOf } from '../../support/content.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const newName = () => `n${randomBytes(6).toString('hex')}`;

describe.each(ENGINES)('%s: a username that is changed', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  const clock = new TestClock();
  beforeAll(async () => {
    sms = await startTextMessages(clock);
    const settings = { SESSION_LIMIT: '4', SESSION_IDLE_TIMEOUT: '31536000', SESSION_MAX_AGE: '31536000' };
    test = await startApp(engine, { ...sms.settings, ...settings }, undefined, clock);
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  /** An owner with a device and a mobile of long standing, and a thief who knows name and password. */
  async function aPerson() {
    const username = newName();
    const { id, mobile } = await test.api.createUser({ username });
    const [owner, thief] = [new Client(test.api, LAPTOP), new Client(test.api, PHONE)];
    await owner.logIn(username);
    await verifyMobile(test.api, sms, owner, mobile);
    clock.advance(8 * DAY);
    return { id, username, mobile, owner, thief };
  }
  const edit = (client: Client, patch: object, currentPassword = PASSWORD) =>
    client.call('PATCH', '/v1/users/me', { ...patch, currentPassword });
  const rename = async (client: Client, username = newName(), password = PASSWORD) => {
    expect(await edit(client, { username }, password)).toMatchObject({ status: 200, body: { username } });
    return username;
  };
  const inDays = (days: number) => clock.now().getTime() + days * DAY;

  it('is told to every channel and in the inbox, noted without a name, and put back by a report', async () => {
    const { id, username, mobile, owner, thief } = await aPerson();
    await thief.logIn(username);
    const texts = sms.sentTo(mobile).length;
    const next = await rename(thief);
    const text = (await sms.messagesTo(mobile, texts + 1)).at(-1)!;
    expect(text).toMatch(/^The username of your account was changed: Safari on iOS/);
    expect((await owner.notice('username_changed')).device.id).toBe(thief.deviceId);
    await test.app.get(Outbox).idle();
    const query = { userId: id, actor: null, type: 'username.changed', before: null, limit: 9 };
    const [entry] = await test.app.get(AuditStore).list(query);
    expect(entry).toMatchObject({ actor: { kind: 'user', userId: id }, details: { by: { ip: '127.0.0.1' } } });
    expect(JSON.stringify(entry)).not.toMatch(new RegExp(`${username}|${next}`));
    expect((await thief.reportNotice('username_changed')).body.code).toBe('notification_about_this_session');
    const token = /#([\w-]+)/.exec(text)![1];
    expect((await test.api.post('/v1/reports', { body: { token } })).status).toBe(204);
    expect((await owner.call('GET', '/v1/users/me')).body).toMatchObject({ username });
    expect((await test.api.createUser({ username: next })).id).toEqual(expect.any(String));
  });

  it('is changed twice in 90 days and no more, but for what a report takes back and what is only spelt otherwise', async () => {
    const { username, owner, thief } = await aPerson();
    await thief.logIn(username);
    await rename(thief);
    await rename(thief);
    expect((await edit(thief, { username })).body.code).toBe('rename_limit_reached');
    expect((await owner.reportNotice('username_changed', thief.deviceId)).status).toBe(200);
    expect((await owner.changePassword(NEXT_PASSWORD)).status).toBe(204);
    await rename(owner, username.toUpperCase(), NEXT_PASSWORD);

    const [first, free] = [clock.now(), new Date(inDays(90))];
    const names = [await rename(owner, newName(), NEXT_PASSWORD)];
    clock.advance(30 * DAY);
    names.push(await rename(owner, username, NEXT_PASSWORD));
    const refused = await edit(owner, { username: names[0] }, NEXT_PASSWORD);
    expect(refused.body).toMatchObject({ status: 409, code: 'rename_limit_reached' });
    expect(Math.abs(Date.parse(refused.body.availableAt) - free.getTime())).toBeLessThan(60_000);
    await rename(owner, username.toUpperCase(), NEXT_PASSWORD);
    clock.advance(60 * DAY - (clock.now().getTime() - first.getTime() - 30 * DAY) - 60_000);
    expect((await edit(owner, { username: names[0] }, NEXT_PASSWORD)).status).toBe(409);
    clock.advance(120_000);
    await rename(owner, newName(), NEXT_PASSWORD);
  });

  it('finds the account by the former one for 14 days: on its settled devices, and with a code', async () => {
    const { username, owner, thief } = await aPerson();
    await rename(owner);
    expect((await thief.logIn(username)).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(username)).status).toBe(201);
    const { mobile } = (await owner.call('GET', '/v1/users/me')).body;
    const codes = sms.codesTo(mobile).length;
    await test.api.post('/v1/codes', { body: { identifier: username, purpose: 'login' } });
    const code = await sms.codeFor(mobile, codes + 1);
    expect((await new Client(test.api, PHONE).logIn(username, { code })).status).toBe(201);
    clock.advance(14 * DAY);
    expect((await owner.logIn(username)).body.code).toBe('invalid_credentials');
    const late = await codeTo(test.api, sms, mobile, 'login');
    expect((await new Client(test.api, PHONE).logIn(username, { code: late })).body.code).toBe('invalid_credentials');
  });

  it('leaves the former one to nobody else for 90 days, however many contacts come and go', async () => {
    const { username, owner } = await aPerson();
    for (let i = 0; i < 11; i++) expect((await edit(owner, { email: `${newName()}@example.com` })).status).toBe(200);
    const free = inDays(90);
    const middle = await rename(owner);
    await rename(owner);
    const stranger = new Client(test.api, PHONE);
    const { mobile } = await test.api.createUser();
    await stranger.logIn(mobile);
    const claim = async (name: string) => (await edit(stranger, { username: name })).body.code ?? 'taken over';
    clock.advance(free - clock.now().getTime() - 60_000);
    expect(await claim(username)).toBe('username_taken');
    expect(await claim(middle)).toBe('username_taken');
    clock.advance(120_000);
    expect(await claim(username)).toBe('taken over');
  });

  it('leaves nothing of the former one once the account is deleted', async () => {
    const { username, owner } = await aPerson();
    const next = await rename(owner);
    expect(await contentOf(test.store)).toContain(username);
    expect((await owner.call('DELETE', '/v1/users/me', { currentPassword: PASSWORD })).status).toBe(204);
    await test.app.get(Outbox).idle();
    await test.app.get(Erasures).idle();
    const content = await contentOf(test.store);
    for (const name of [username, next]) {
      expect(content).not.toContain(name);
      expect((await test.api.createUser({ username: name })).id).toEqual(expect.any(String));
    }
  });
});
