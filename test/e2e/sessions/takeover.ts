import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import { SessionStore } from '../../../src/sessions/index.js';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Client } from '../../support/burglary.js';
import { cookiesOf } from '../../support/cookies.js';
import { ENGINES } from '../../support/stores.js';

const MINUTE = 60_000;

describe.each(ENGINES)('%s: a takeover', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_ON_LIMIT: 'ask', SESSION_LIMIT: '2' });
  });
  afterAll(() => test.close());

  /** A person with as many sessions as may be, and a login that was asked which of them shall go. */
  async function asked() {
    const person = await test.api.createUser();
    const first = (await test.api.serviceLogin(person.id)).body;
    const second = (await test.api.serviceLogin(person.id)).body;
    const phone = new Client(test.api, PHONE);
    const question = await phone.logIn(person.mobile);
    const { ticket } = question.body.takeover as { ticket: string };
    const takeOver = (end: string[], shown = ticket) => phone.takeOver(shown, end);
    return { ...person, first, second, phone, question, ticket, takeOver };
  }

  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  it('is offered with the sessions to choose from and a ticket of five minutes', async () => {
    const { first, second, question } = await asked();
    expect(question).toMatchObject({ status: 409, body: { code: 'session_limit_reached' } });
    const choice = [first, second].map(({ session: { id, device, createdAt, lastSeenAt } }) => ({
      id,
      device,
      createdAt,
      lastSeenAt,
    }));
    expect(question.body.sessions).toHaveLength(2);
    expect(question.body.sessions).toEqual(expect.arrayContaining(choice));
    expect(Object.keys(question.body.takeover)).toEqual(['ticket', 'expiresAt', 'device']);
    const left = Date.parse(question.body.takeover.expiresAt) - test.clock.now().getTime();
    expect(left).toBeGreaterThan(4.9 * MINUTE);
    expect(left).toBeLessThanOrEqual(5 * MINUTE);
    expect(cookiesOf(question).size).toBe(0);
    expect([await codeOf(first.token), await codeOf(second.token)]).toEqual(['live', 'live']);
  });

  it('ends the chosen session, not the oldest, and logs in; the ticket works once', async () => {
    const { first, second, takeOver } = await asked();
    const login = await takeOver([second.session.id]);
    expect(login).toMatchObject({
      status: 201,
      body: { tokenType: 'Bearer', displaced: [{ id: second.session.id, endReason: 'displaced' }] },
    });
    expect([...cookiesOf(login).keys()]).toEqual(['session']);
    const tokens = [first.token, second.token, login.body.token];
    expect(await Promise.all(tokens.map(codeOf))).toEqual(['live', 'session_displaced', 'live']);
    const twice = await takeOver([first.session.id]);
    expect(twice.body).toMatchObject({ status: 401, code: 'invalid_ticket' });
    expect(await codeOf(first.token)).toBe('live');
  });

  it('is over with the five minutes', async () => {
    const { first, takeOver } = await asked();
    test.clock.advance(4.9 * MINUTE);
    expect((await takeOver([])).status).toBe(409);
    test.clock.advance(0.2 * MINUTE);
    expect((await takeOver([first.session.id])).body.code).toBe('invalid_ticket');
    expect(await codeOf(first.token)).toBe('live');
  });

  it('looks for no session that is in hand, however often it is named', async () => {
    const { first, second, takeOver } = await asked();
    await test.api.delete('/v1/sessions/current', { token: first.token });
    const find = mock.method(test.app.get(SessionStore, { strict: false }), 'find');
    const end = [first, second].flatMap(({ session }) => Array<string>(400).fill(session.id));
    expect((await takeOver(end)).status).toBe(201);
    expect(find.mock.calls.map((call) => call.arguments)).toEqual([[expect.anything(), first.session.id]]);
    find.mock.restore();
  });

  it("is 404 where it would end somebody else's session, and keeps the ticket", async () => {
    const [mine, theirs] = [await asked(), await asked()];
    for (const id of [theirs.first.session.id, randomUUID()]) {
      const refused = await mine.takeOver([mine.first.session.id, id]);
      expect(refused.body).toMatchObject({ status: 404, code: 'session_not_found' });
    }
    expect([await codeOf(mine.first.token), await codeOf(theirs.first.token)]).toEqual(['live', 'live']);
    expect((await mine.takeOver([mine.first.session.id])).status).toBe(201);
  });

  it('passes over sessions that have ended meanwhile', async () => {
    const { first, second, takeOver } = await asked();
    await test.api.delete('/v1/sessions/current', { token: first.token });
    const login = await takeOver([first.session.id]);
    expect(login).toMatchObject({ status: 201, body: { displaced: [] } });
    expect(await Promise.all([first.token, second.token].map(codeOf))).toEqual(['session_logged_out', 'live']);
  });

  it('that leaves too many is asked again, with the present sessions and the same ticket', async () => {
    const { id, first, second, takeOver } = await asked();
    await test.api.delete('/v1/sessions/current', { token: first.token });
    const third = (await test.api.serviceLogin(id)).body;
    const again = await takeOver([first.session.id]);
    expect(again).toMatchObject({ status: 409, body: { code: 'session_limit_reached' } });
    const present = again.body.sessions.map((session: { id: string }) => session.id);
    expect(present.sort()).toEqual([second.session.id, third.session.id].sort());
    const login = await takeOver([second.session.id, third.session.id]);
    expect(login).toMatchObject({ status: 201 });
    expect(login.body.displaced).toHaveLength(2);
  });

  it('is void once the password has been changed', async () => {
    const { first, takeOver } = await asked();
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}-2` };
    expect((await test.api.put('/v1/users/me/password', { token: first.token, body: change })).status).toBe(204);
    expect((await takeOver([])).body).toMatchObject({ status: 401, code: 'invalid_ticket' });
  });

  it('takes no ticket that was never given, and no token for one', async () => {
    const { first, ticket, takeOver } = await asked();
    const forged = [`${ticket.slice(0, -4)}AAAA`, first.token, 'ott_', ticket.replace('ott_', 'ost_')];
    for (const text of forged) expect((await takeOver([], text)).body).toMatchObject({ code: 'invalid_ticket' });
    expect((await takeOver(['no id'])).body).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  it('with a ticket of a service is for the client that the service described', async () => {
    const { id, first, takeOver } = await asked();
    const question = await test.api.serviceLogin(id, { userAgent: LAPTOP, ipAddress: '198.51.100.4' });
    expect(question.body.takeover).not.toHaveProperty('device');
    const login = await takeOver([first.session.id], question.body.takeover.ticket);
    expect(login).toMatchObject({
      status: 201,
      body: { session: { ip: '198.51.100.4', userAgent: LAPTOP, device: { name: 'Firefox on Linux' } } },
    });
    expect([...cookiesOf(login).keys()]).toEqual(['session']);
  });

  it('is for the client that was asked, with its secret and of its class', async () => {
    const { first, ticket, phone, takeOver } = await asked();
    const body = { ticket, end: [first.session.id] };
    const thieves: Record<string, string>[] = [{ 'user-agent': PHONE }, { 'user-agent': PHONE, 'x-device-id': 'new' }];
    for (const headers of thieves) {
      const stolen = await test.api.post('/v1/sessions/takeover', { body, headers });
      expect(stolen.body).toMatchObject({ status: 401, code: 'invalid_ticket' });
    }
    phone.userAgent = 'curl/8.5.0';
    expect((await takeOver([first.session.id])).body.code).toBe('invalid_ticket');
    expect(await codeOf(first.token)).toBe('live');
    phone.userAgent = PHONE;
    expect((await takeOver([first.session.id])).status).toBe(201);
  });

  it('is made by a browser with the cookie that came with the 409', async () => {
    const { mobile, first } = await asked();
    const question = await test.api.login(mobile, PHONE);
    expect(question.status).toBe(409);
    expect(question.body.takeover).not.toHaveProperty('device');
    const cookie = `device=${cookiesOf(question).get('device')!.value}`;
    const body = { ticket: question.body.takeover.ticket, end: [first.session.id] };
    const login = await test.api.post('/v1/sessions/takeover', { body, headers: { 'user-agent': PHONE, cookie } });
    expect([...cookiesOf(login).keys()].sort()).toEqual(['device', 'session']);
  });

  it('is not needed by a device that proves itself, nor where there is a place', async () => {
    const { mobile } = await test.api.createUser();
    const laptop = await test.api.login(mobile, LAPTOP);
    expect((await test.api.login(mobile, PHONE)).status).toBe(201);
    const headers = { cookie: `device=${cookiesOf(laptop).get('device')!.value}` };
    expect((await test.api.login(mobile, LAPTOP, { headers })).status).toBe(201);
  });
});
