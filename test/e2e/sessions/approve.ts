import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Client } from '../../support/burglary.js';
import { connect } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const MINUTE = 60_000;
/** Between two looks of a call that waits, in ms. */
const LOOK_EVERY_MS = 500;

describe.each(ENGINES)('%s: a login that a live device approves', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_ON_LIMIT: 'approve' });
  });
  afterAll(() => test.close());

  const wait = (ticket: string) =>
    test.api.post('/v1/login-requests/wait', { body: { ticket }, headers: { 'user-agent': PHONE } });
  const answer = (id: string, token: string, approve: boolean) =>
    test.api.post(`/v1/login-requests/${id}`, { token, body: { approve } });
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  /** A person on a laptop, and a phone that waits. */
  async function asked() {
    const { mobile } = await test.api.createUser();
    const laptop = (await test.api.login(mobile, LAPTOP)).body;
    const asking = await test.api.login(mobile, PHONE);
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('login_requested'));
    return { mobile, laptop, asking, ticket: asking.body.ticket as string, request: inbox[0]! };
  }

  it('is answered 202 with a ticket of two minutes and no cookie; the live device gets a notice', async () => {
    const { laptop, asking, request } = await asked();
    expect(asking.status).toBe(202);
    expect(Object.keys(asking.body).sort()).toEqual(['expiresAt', 'ticket']);
    const left = Date.parse(asking.body.expiresAt) - test.clock.now().getTime();
    expect(left).toBeGreaterThan(1.9 * MINUTE);
    expect(left).toBeLessThanOrEqual(2 * MINUTE);
    expect(asking.headers.get('set-cookie')).toBeNull();
    expect(request).toMatchObject({ kind: 'login_requested', session: null, device: { name: 'Safari on iOS' } });
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('gets its token from the call that waits, once, and takes the place of the oldest session', async () => {
    const { laptop, ticket, request } = await asked();
    const waiting = wait(ticket);
    expect((await answer(request.id, laptop.token, true)).status).toBe(204);
    test.clock.advance(LOOK_EVERY_MS);
    const login = await waiting;
    expect(login).toMatchObject({ status: 201, body: { displaced: [{ id: laptop.session.id }], newDevice: true } });
    expect(await codeOf(login.body.token)).toBe('live');
    expect(await codeOf(laptop.token)).toBe('session_displaced');
    expect((await wait(ticket)).body.code).toBe('invalid_ticket');
  });

  it('is answered by no device of lower standing than the one that waits', async () => {
    const { mobile } = await test.api.createUser();
    const [owner, thief] = [new Client(test.api, LAPTOP), new Client(test.api, PHONE)];
    await owner.logIn(mobile);
    await owner.call('DELETE', '/v1/sessions/current');
    test.clock.advance(1000);
    await thief.logIn(mobile);
    test.clock.advance(1000);
    const { ticket } = (await owner.logIn(mobile)).body;
    const request = await thief.notice('login_requested');
    for (const approve of [false, true])
      expect((await answer(request.id, thief.token, approve)).body).toMatchObject({
        status: 403,
        code: 'fresh_proof_required',
        accepts: ['code', 'settled_device'],
      });
    expect((await thief.logIn(mobile)).status).toBe(201);
    test.clock.advance(2 * MINUTE);
    expect((await wait(ticket)).body.code).toBe('login_request_expired');
  });

  it('is asked for over the socket of the live device too', async () => {
    const { mobile } = await test.api.createUser();
    const { token } = (await test.api.login(mobile, LAPTOP)).body;
    const socket = await connect(test.url, token);
    await test.api.login(mobile, PHONE);
    const [request] = await socket.hear('login.requested');
    expect(request).toMatchObject({ id: expect.any(String), device: { name: 'Safari on iOS' }, ip: '127.0.0.1' });
    expect((await answer((request as { id: string }).id, token, false)).status).toBe(204);
    socket.close();
  });

  it('gives its token to one of many that wait', async () => {
    const { laptop, ticket, request } = await asked();
    await answer(request.id, laptop.token, true);
    const answers = await Promise.all(Array.from({ length: 10 }, () => wait(ticket)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'invalid_ticket')).toHaveLength(9);
  });

  it('gives no token to a call that nobody waits for any more', async () => {
    const { laptop, ticket, request } = await asked();
    const gone = new AbortController();
    const abandoned = fetch(`${test.url}/v1/login-requests/wait`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
      signal: gone.signal,
    });
    const ended = expect(abandoned).rejects.toThrow();
    // It is being waited for once a later call, which is answered at once, has come back.
    await test.api.current(laptop.token);
    gone.abort();
    await ended;
    await answer(request.id, laptop.token, true);
    test.clock.advance(LOOK_EVERY_MS);
    expect(await codeOf(laptop.token)).toBe('live');
    expect((await wait(ticket)).status).toBe(201);
  });

  it('bothers the person with three questions at a time; the next newcomer is refused', async () => {
    const { mobile, laptop, request } = await asked();
    for (let i = 0; i < 2; i++) expect((await test.api.login(mobile, PHONE)).status).toBe(202);
    const refused = await test.api.login(mobile, PHONE);
    expect(refused).toMatchObject({ status: 409, body: { code: 'session_limit_reached' } });
    expect(refused.body).not.toHaveProperty('takeover');
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('login_refused'));
    expect(inbox.map(({ kind }) => kind).sort()).toEqual([
      'login_refused',
      'login_requested',
      'login_requested',
      'login_requested',
    ]);
    expect((await answer(request.id, laptop.token, true)).status).toBe(204);
    test.clock.advance(2 * MINUTE);
    expect((await test.api.login(mobile, PHONE)).status).toBe(202);
  });

  it('is told when it is denied, and stays out', async () => {
    const { laptop, ticket, request } = await asked();
    const waiting = wait(ticket);
    expect((await answer(request.id, laptop.token, false)).status).toBe(204);
    test.clock.advance(LOOK_EVERY_MS);
    expect((await waiting).body).toMatchObject({ status: 403, code: 'login_denied' });
    const takeover = await test.api.post('/v1/sessions/takeover', { body: { ticket, end: [laptop.session.id] } });
    expect(takeover.body.code).toBe('invalid_ticket');
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('cannot be helped past the question by a takeover', async () => {
    const { laptop, ticket } = await asked();
    const takeover = await test.api.post('/v1/sessions/takeover', { body: { ticket, end: [laptop.session.id] } });
    expect(takeover.body).toMatchObject({ status: 401, code: 'invalid_ticket' });
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('is decided once', async () => {
    const { laptop, request } = await asked();
    const answers = await Promise.all([true, false, true].map((yes) => answer(request.id, laptop.token, yes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
  });

  it('expires after two minutes, for both sides', async () => {
    const { laptop, ticket, request } = await asked();
    test.clock.advance(2 * MINUTE);
    expect((await wait(ticket)).body).toMatchObject({ status: 410, code: 'login_request_expired' });
    expect((await answer(request.id, laptop.token, true)).body.code).toBe('login_request_not_found');
  });

  it("is nobody else's to answer", async () => {
    const { request } = await asked();
    const stranger = await asked();
    expect((await answer(request.id, stranger.laptop.token, true)).body.code).toBe('login_request_not_found');
  });

  it('does not outlive a change of the password', async () => {
    const { laptop, ticket, request } = await asked();
    await answer(request.id, laptop.token, true);
    const body = { currentPassword: PASSWORD, newPassword: 'quiet-Lemon-4-ladder' };
    expect((await test.api.put('/v1/users/me/password', { token: laptop.token, body })).status).toBe(204);
    expect((await wait(ticket)).body.code).toBe('invalid_ticket');
  });

  it('works on behalf of a person too, and is not needed where there is a place', async () => {
    const { id } = await test.api.createUser();
    expect((await test.api.serviceLogin(id)).status).toBe(201);
    const asking = await test.api.serviceLogin(id);
    expect(asking).toMatchObject({ status: 202, body: { ticket: expect.stringMatching(/^ott_/) } });
  });
});
