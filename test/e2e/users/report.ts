import { AccountStore } from '../../../src/accounts/index.js';
import { NotificationStore } from '../../../src/notifications/index.js';
import { ReportLinks } from '../../../src/reports/index.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { ENGINES } from '../../support/stores.js';
import { startTextMessages, type TextMessages } from '../../support/text-messages.js';

const DAY = 86_400_000;
const NEW_PASSWORD = 'quiet-Lemon-4-ladder';
const NEW_DEVICE = { 'x-device-id': 'new' };

describe.each(ENGINES)('%s: "this wasn\'t me"', (engine) => {
  let sms: TextMessages;
  let test: TestApp;
  beforeAll(async () => {
    sms = await startTextMessages();
    test = await startApp(engine, { ...sms.settings, SESSION_LIMIT: '3' });
  });
  afterAll(async () => {
    await test.close();
    await sms.close();
  });

  const report = (id: string, token: string) => test.api.post(`/v1/notifications/${id}/report`, { token });
  const reportByLink = (token: string) => test.api.post('/v1/reports', { body: { token } });
  const refusal = async (token: string) => (await test.api.current(token)).body;
  const codeOf = async (token: string) => (await refusal(token)).code ?? 'live';
  const shown = ({ id, secret }: { id: string; secret: string }) => ({ 'x-device-id': id, 'x-device-secret': secret });

  /** A person on a laptop, with a verified mobile; a stranger with the password on a phone; and the notice of the stranger. */
  async function intruded() {
    const user = await test.api.createUser();
    const laptop = (await test.api.login(user.mobile, LAPTOP, { headers: NEW_DEVICE })).body;
    await test.api.post('/v1/codes', { body: { identifier: user.mobile, purpose: 'verify' } });
    await test.api.post('/v1/users/me/verify', { token: laptop.token, body: { code: await sms.codeFor(user.mobile) } });
    test.clock.advance(1000);
    const stranger = (await test.api.login(user.mobile, PHONE, { headers: NEW_DEVICE })).body;
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('new_device'));
    const notice = inbox.find(({ kind }) => kind === 'new_device')!;
    return { ...user, laptop, stranger, notice };
  }
  const urlTo = async ({ id, mobile }: { id: string; mobile: string }, notice: { id: string }) => {
    const account = (await test.app.get(AccountStore, { strict: false }).find(id))!;
    const stored = (await test.app.get(NotificationStore, { strict: false }).find(id, notice.id))!;
    return test.app.get(ReportLinks).urlFor(account, 'mobile', mobile, stored, null);
  };
  const linkTo = async (person: { id: string; mobile: string; notice: { id: string } }) =>
    (await urlTo(person, person.notice))!.split('#')[1]!;

  it('ends that session at once, telling it why, and tells the person', async () => {
    const { laptop, stranger, notice } = await intruded();
    expect((await report(notice.id, laptop.token)).status).toBe(200);
    expect(await refusal(stranger.token)).toMatchObject({
      status: 401,
      code: 'session_reported',
      endedBy: { sessionId: laptop.session.id },
    });
    expect(await codeOf(laptop.token)).toBe('live');
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('device_reported'));
    expect(inbox.filter(({ kind }) => kind === 'device_reported')).toHaveLength(1);
  });

  it('leaves the old password to devices proven before, and to nobody else', async () => {
    const { mobile, laptop, stranger, notice } = await intruded();
    await report(notice.id, laptop.token);
    const refused = [
      await test.api.login(mobile, PHONE, { headers: shown(stranger.device) }),
      await test.api.login(mobile, PHONE, { headers: NEW_DEVICE }),
      await test.api.login(mobile, LAPTOP),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual(Array(3).fill('invalid_credentials'));
    expect((await test.api.login(mobile, LAPTOP, { headers: shown(laptop.device) })).status).toBe(201);
  });

  it('counts the old password as a wrong one, so that it clears no guesses, from the blocked device as from elsewhere', async () => {
    const { mobile, laptop, stranger, notice } = await intruded();
    await report(notice.id, laptop.token);
    const tries = [];
    for (const headers of [...Array(3).fill(shown(stranger.device)), NEW_DEVICE, NEW_DEVICE, NEW_DEVICE])
      tries.push((await test.api.login(mobile, PHONE, { headers })).status);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('is not for what a service or an administrator has ended: that was nobody else', async () => {
    const person = await test.api.createUser();
    const { mobile } = person;
    const ended = (await test.api.login(mobile, LAPTOP, { headers: NEW_DEVICE })).body;
    await test.api.delete(`/v1/service/sessions/${ended.session.id}`, { service: true });
    const { token } = (await test.api.login(mobile, LAPTOP, { headers: shown(ended.device) })).body;
    const [notice] = await test.api.inbox(token, (kinds) => kinds.includes('session_revoked'));
    expect(notice).toMatchObject({ kind: 'session_revoked', session: null, device: { id: ended.device.id } });
    expect((await report(notice!.id, token)).body).toMatchObject({ status: 409, code: 'not_reportable' });
    expect(await urlTo(person, notice)).toBeNull();
  });

  it("trusts a password that takes the old one's place; the device stays out", async () => {
    const { mobile, laptop, stranger, notice } = await intruded();
    await report(notice.id, laptop.token);
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await test.api.put('/v1/users/me/password', { token: laptop.token, body })).status).toBe(204);
    const again = { password: NEW_PASSWORD };
    expect((await test.api.login(mobile, PHONE, again)).status).toBe(201);
    const blocked = await test.api.login(mobile, PHONE, { ...again, headers: shown(stranger.device) });
    expect(blocked.body.code).toBe('invalid_credentials');
  });

  it('ends every session of the stranger, also those on devices that came later', async () => {
    const { mobile, laptop, stranger, notice } = await intruded();
    const second = (await test.api.login(mobile, PHONE, { headers: NEW_DEVICE })).body;
    await report(notice.id, laptop.token);
    expect(await Promise.all([stranger, second, laptop].map(({ token }) => codeOf(token)))).toEqual([
      'session_reported',
      'session_reported',
      'live',
    ]);
  });

  it('is over once a code has recovered the account, and lets the device in again by a code', async () => {
    const { mobile, laptop, stranger, notice } = await intruded();
    await report(notice.id, laptop.token);
    await test.api.post('/v1/codes', { body: { identifier: mobile, purpose: 'login' } });
    const code = await sms.codeFor(mobile, 2);
    const headers = { 'user-agent': PHONE, ...shown(stranger.device) };
    expect((await test.api.post('/v1/sessions', { body: { identifier: mobile, code }, headers })).status).toBe(201);
    await test.api.post('/v1/codes', { body: { identifier: mobile, purpose: 'recover' } });
    const recovery = { identifier: mobile, code: await sms.codeFor(mobile, 3), newPassword: NEW_PASSWORD };
    expect((await test.api.post('/v1/users/recover', { body: recovery })).status).toBe(204);
    expect((await test.api.login(mobile, PHONE, { password: NEW_PASSWORD })).status).toBe(201);
  });

  it('changes nothing when repeated, not even after a new password', async () => {
    const { mobile, laptop, notice } = await intruded();
    await Promise.all([report(notice.id, laptop.token), report(notice.id, laptop.token)]);
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    await test.api.put('/v1/users/me/password', { token: laptop.token, body });
    expect((await report(notice.id, laptop.token)).status).toBe(200);
    expect((await test.api.login(mobile, PHONE, { password: NEW_PASSWORD })).status).toBe(201);
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('device_reported'));
    expect(inbox.filter(({ kind }) => kind === 'device_reported')).toHaveLength(1);
  });

  it('is not for the session, or the device, that the notice is about; nor for anybody else', async () => {
    const { laptop, stranger, notice } = await intruded();
    expect((await report(notice.id, stranger.token)).body).toMatchObject({
      status: 409,
      code: 'notification_about_this_session',
    });
    const other = await intruded();
    expect((await report(notice.id, other.laptop.token)).body.code).toBe('notification_not_found');
    expect(await codeOf(stranger.token)).toBe('live');
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('works by the link of a mail, once, without a session', async () => {
    const person = await intruded();
    const link = await linkTo(person);
    const answers = await Promise.all([reportByLink(link), reportByLink(link)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    expect(await codeOf(person.stranger.token)).toBe('session_reported');
    expect((await reportByLink(link)).body.code).toBe('report_link_stale');
  });

  it('takes no link that is forged, cut or too old', async () => {
    const person = await intruded();
    const link = await linkTo(person);
    const last = link.at(-1) === 'A' ? 'E' : 'A';
    for (const token of [link.slice(0, -4), link.slice(0, -1) + last, `${link}A`, 'x'])
      expect((await reportByLink(token)).body.code).toBe('invalid_report_link');
    test.clock.advance(15 * DAY);
    expect((await reportByLink(link)).body.code).toBe('report_link_stale');
    test.clock.advance(-15 * DAY);
    expect(await codeOf(person.stranger.token)).toBe('live');
  });

  it('has a page that asks first, without inline script', async () => {
    const page = await fetch(`${test.url}/report`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<script src="/report.js">');
    expect((await fetch(`${test.url}/report.js`)).headers.get('content-type')).toContain('javascript');
  });
});
