import { LAPTOP, PASSWORD, PHONE } from '../../support/api.js';
import { startApp, type TestApp } from '../../support/app.js';
import { Client } from '../../support/burglary.js';
import { cookiesOf } from '../../support/cookies.js';
import { eventually } from '../../support/eventually.js';
import { connect } from '../../support/sockets.js';
import { ENGINES } from '../../support/stores.js';

const MINUTE = 60_000;
/** Between two looks of a call that waits, in ms. */
const LOOK_EVERY_MS = 500;

describe.each(ENGINES)('%s: a login that a live device approves', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_ON_LIMIT: 'approve', TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => test.close());

  const answer = (id: string, token: string, body: object) =>
    test.api.post(`/v1/login-requests/${id}`, { token, body });
  const approve = (id: string, token: string, number: number) => answer(id, token, { approve: true, number });
  const deny = (id: string, token: string) => answer(id, token, { approve: false });
  const listOpen = async (token: string) => (await test.api.get('/v1/login-requests', { token })).body.items;
  const codeOf = async (token: string) => (await test.api.current(token)).body.code ?? 'live';

  /** A person on a laptop, and a phone that waits. */
  async function asked(phone = new Client(test.api, PHONE)) {
    const { mobile } = await test.api.createUser();
    const laptop = (await test.api.login(mobile, LAPTOP)).body;
    const asking = await phone.logIn(mobile);
    const inbox = await test.api.inbox(laptop.token, (kinds) => kinds.includes('login_requested'));
    const { ticket, number } = asking.body as { ticket: string; number: number };
    return { mobile, laptop, phone, asking, ticket, number, request: inbox[0]! };
  }

  it('is answered 202 with a ticket of two minutes, a number and no session; the live device gets a notice', async () => {
    const { laptop, asking, request } = await asked();
    expect(asking.status).toBe(202);
    expect(Object.keys(asking.body).sort()).toEqual(['device', 'expiresAt', 'number', 'ticket']);
    const left = Date.parse(asking.body.expiresAt) - test.clock.now().getTime();
    expect(left).toBeGreaterThan(1.9 * MINUTE);
    expect(left).toBeLessThanOrEqual(2 * MINUTE);
    expect(asking.headers.get('set-cookie')).toBeNull();
    expect(request).toMatchObject({ kind: 'login_requested', session: null, device: { name: 'Safari on iOS' } });
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('gets its token from the call that waits, once, and takes the place of the oldest session', async () => {
    const { mobile, laptop, phone, ticket, number, request } = await asked();
    const waiting = phone.wait(ticket);
    expect((await approve(request.id, laptop.token, number)).status).toBe(204);
    test.clock.advance(LOOK_EVERY_MS);
    const login = await waiting;
    expect(login).toMatchObject({ status: 201, body: { displaced: [{ id: laptop.session.id }], newDevice: true } });
    expect(login.body).not.toHaveProperty('device');
    expect(login.body.session).not.toHaveProperty('askedFrom');
    expect(login.body.session.device.id).toBe(request.device.id);
    expect(await codeOf(phone.token)).toBe('live');
    expect(await codeOf(laptop.token)).toBe('session_displaced');
    expect((await phone.wait(ticket)).body.code).toBe('invalid_ticket');
    expect((await phone.logIn(mobile)).body).toMatchObject({ newDevice: false });
  });

  it('is answered by no device of lower standing than the one that waits', async () => {
    const { mobile } = await test.api.createUser();
    const [owner, thief] = [new Client(test.api, LAPTOP), new Client(test.api, PHONE)];
    await owner.logIn(mobile);
    await owner.call('DELETE', '/v1/sessions/current');
    test.clock.advance(1000);
    await thief.logIn(mobile);
    test.clock.advance(1000);
    const { ticket, number } = (await owner.logIn(mobile)).body;
    const request = await thief.notice('login_requested');
    // A wrong number must not deny in place of the answer.
    for (const body of [
      { approve: false },
      { approve: true, number },
      { approve: true, number: number === 10 ? 11 : 10 },
    ])
      expect((await answer(request.id, thief.token, body)).body).toMatchObject({
        status: 403,
        code: 'fresh_proof_required',
        accepts: ['code', 'settled_device'],
      });
    expect((await thief.logIn(mobile)).status).toBe(201);
    test.clock.advance(2 * MINUTE);
    expect((await owner.wait(ticket)).body.code).toBe('login_request_expired');
  });

  it('is asked for over the socket of the live device too', async () => {
    const { mobile } = await test.api.createUser();
    const { token } = (await test.api.login(mobile, LAPTOP)).body;
    const socket = await connect(test.url, token);
    await test.api.login(mobile, PHONE);
    const [request] = await socket.hear('login.requested');
    expect(request).toMatchObject({
      id: expect.any(String),
      device: { name: 'Safari on iOS' },
      ip: '127.0.0.1',
      numbers: [expect.any(Number), expect.any(Number), expect.any(Number)],
    });
    expect((await deny((request as { id: string }).id, token)).status).toBe(204);
    socket.close();
  });

  it('gives its token to one of many that wait', async () => {
    const { laptop, phone, ticket, number, request } = await asked();
    await approve(request.id, laptop.token, number);
    const answers = await Promise.all(Array.from({ length: 10 }, () => phone.wait(ticket)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'invalid_ticket')).toHaveLength(9);
  });

  it('gives no token to a call that nobody waits for any more', async () => {
    const { laptop, phone, ticket, number, request } = await asked();
    const gone = new AbortController();
    const abandoned = fetch(`${test.url}/v1/login-requests/wait`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': PHONE, ...phone.headers },
      body: JSON.stringify({ ticket }),
      signal: gone.signal,
    });
    const ended = expect(abandoned).rejects.toThrow();
    // It is being waited for once a later call, which is answered at once, has come back.
    await test.api.current(laptop.token);
    gone.abort();
    await ended;
    await approve(request.id, laptop.token, number);
    test.clock.advance(LOOK_EVERY_MS);
    expect(await codeOf(laptop.token)).toBe('live');
    expect((await phone.wait(ticket)).status).toBe(201);
  });

  it('bothers the person with three questions at a time; the next newcomer is refused', async () => {
    const { mobile, laptop, number, request } = await asked();
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
    expect(await listOpen(laptop.token)).toHaveLength(3);
    expect((await approve(request.id, laptop.token, number)).status).toBe(204);
    expect(await listOpen(laptop.token)).toHaveLength(2);
    test.clock.advance(2 * MINUTE);
    expect(await listOpen(laptop.token)).toEqual([]);
    expect((await test.api.login(mobile, PHONE)).status).toBe(202);
  });

  it('is told when it is denied, and stays out', async () => {
    const { laptop, phone, ticket, request } = await asked();
    const waiting = phone.wait(ticket);
    expect((await deny(request.id, laptop.token)).status).toBe(204);
    test.clock.advance(LOOK_EVERY_MS);
    expect((await waiting).body).toMatchObject({ status: 403, code: 'login_denied' });
    const takeover = await phone.takeOver(ticket, [laptop.session.id]);
    expect(takeover.body.code).toBe('invalid_ticket');
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('cannot be helped past the question by a takeover', async () => {
    const { laptop, phone, ticket } = await asked();
    const takeover = await phone.takeOver(ticket, [laptop.session.id]);
    expect(takeover.body).toMatchObject({ status: 401, code: 'invalid_ticket' });
    expect(await codeOf(laptop.token)).toBe('live');
  });

  it('is decided once', async () => {
    const { laptop, number, request } = await asked();
    const answers = await Promise.all([
      approve(request.id, laptop.token, number),
      deny(request.id, laptop.token),
      approve(request.id, laptop.token, number),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
  });

  it('expires after two minutes, for both sides', async () => {
    const { laptop, phone, ticket, number, request } = await asked();
    test.clock.advance(2 * MINUTE);
    expect((await phone.wait(ticket)).body).toMatchObject({ status: 410, code: 'login_request_expired' });
    expect((await approve(request.id, laptop.token, number)).body.code).toBe('login_request_not_found');
  });

  it("is nobody else's to answer", async () => {
    const { number, request } = await asked();
    const stranger = await asked();
    expect(await listOpen(stranger.laptop.token)).toHaveLength(1);
    expect((await approve(request.id, stranger.laptop.token, number)).body.code).toBe('login_request_not_found');
  });

  it('does not outlive a change of the password', async () => {
    const { laptop, phone, ticket, number, request } = await asked();
    await approve(request.id, laptop.token, number);
    const body = { currentPassword: PASSWORD, newPassword: 'quiet-Lemon-4-ladder' };
    expect((await test.api.put('/v1/users/me/password', { token: laptop.token, body })).status).toBe(204);
    expect((await phone.wait(ticket)).body.code).toBe('invalid_ticket');
  });

  describe('is bound to the client that asked', () => {
    /** Everything that was in the answer, but the secret that its client keeps for itself. */
    const steal = (ticket: string, headers: Record<string, string>) =>
      test.api.post('/v1/login-requests/wait', { body: { ticket }, headers });

    it('and to its secret: a stolen ticket opens nothing, before and after the approval', async () => {
      const { laptop, phone, ticket, number, request } = await asked();
      const stranger = new Client(test.api, PHONE);
      await stranger.logIn((await test.api.createUser()).mobile);
      const half = { 'x-device-id': phone.headers['x-device-id']! };
      const tryAll = async () => {
        for (const headers of [{}, { 'x-device-id': 'new' }, stranger.headers])
          expect((await steal(ticket, { 'user-agent': PHONE, ...headers })).body.code).toBe('invalid_ticket');
        expect((await steal(ticket, { 'user-agent': PHONE, ...half })).body.code).toBe('invalid_device');
      };
      await tryAll();
      await approve(request.id, laptop.token, number);
      await tryAll();
      expect(await codeOf(laptop.token)).toBe('live');
      expect((await phone.wait(ticket)).status).toBe(201);
    });

    it('and to its class: what was approved as a phone lets in no desktop, even with the secret', async () => {
      const { laptop, phone, ticket, number, request } = await asked();
      await approve(request.id, laptop.token, number);
      for (const other of ['curl/8.5.0', LAPTOP]) {
        phone.userAgent = other;
        expect((await phone.wait(ticket)).body).toMatchObject({ status: 401, code: 'invalid_ticket' });
      }
      expect(await codeOf(laptop.token)).toBe('live');
      phone.userAgent = PHONE;
      expect((await phone.wait(ticket)).status).toBe(201);
    });

    it('by the cookie of a browser, which its pages cannot read', async () => {
      const { mobile } = await test.api.createUser();
      const laptop = (await test.api.login(mobile, LAPTOP)).body;
      const others = ['A', 'B', 'C', 'D', 'E'].map((letter) => letter.repeat(42) + 'A');
      const asking = await test.api.login(mobile, PHONE, { headers: { cookie: `device=${others.join('.')}` } });
      expect(Object.keys(asking.body).sort()).toEqual(['expiresAt', 'number', 'ticket']);
      expect([...cookiesOf(asking).keys()]).toEqual(['device']);
      const { value, attributes } = cookiesOf(asking).get('device')!;
      expect(attributes).toEqual(expect.arrayContaining(['httponly', 'samesite=lax']));
      // Secrets of other accounts are in use; this one takes the last place.
      expect(value.split('.').slice(0, 4)).toEqual(others.slice(0, 4));
      const { ticket, number } = asking.body;
      const [request] = await listOpen(laptop.token);
      await approve(request.id, laptop.token, number);
      expect((await steal(ticket, { 'user-agent': PHONE })).body.code).toBe('invalid_ticket');
      const login = await steal(ticket, { 'user-agent': PHONE, cookie: `device=${value}` });
      expect(login).toMatchObject({ status: 201, body: { newDevice: true } });
      const secret = value.split('.').at(-1)!;
      expect(cookiesOf(login).get('device')!.value.split('.')[0]).toBe(secret);
      expect((await test.api.login(mobile, PHONE, { headers: { cookie: `device=${secret}` } })).body).toMatchObject({
        newDevice: false,
      });
    });

    it('by the secret of a device that the account knows, which is handed out no more', async () => {
      const { mobile } = await test.api.createUser();
      const phone = new Client(test.api, PHONE);
      await phone.logIn(mobile);
      await phone.call('DELETE', '/v1/sessions/current');
      const laptop = (await test.api.login(mobile, LAPTOP)).body;
      const { body } = await phone.logIn(mobile);
      expect(Object.keys(body).sort()).toEqual(['expiresAt', 'number', 'ticket']);
      expect(await codeOf(laptop.token)).toBe('live');
      expect((await steal(body.ticket, { 'user-agent': PHONE })).body.code).toBe('invalid_ticket');
    });
  });

  describe('is approved by its number', () => {
    it('which is one of three that the approving device sees, and nothing there says which', async () => {
      const { laptop, number, request } = await asked();
      const [open] = await listOpen(laptop.token);
      expect(open).toEqual({
        id: request.id,
        device: expect.objectContaining({ name: 'Safari on iOS' }),
        ip: '127.0.0.1',
        waitsFrom: null,
        numbers: request.numbers,
        expiresAt: expect.any(String),
      });
      expect(new Set(open.numbers).size).toBe(3);
      expect(open.numbers).toContain(number);
      for (const one of open.numbers) expect(one >= 10 && one <= 99).toBe(true);
      const told = await Promise.all(
        ['/v1/login-requests', '/v1/notifications', '/v1/devices', '/v1/sessions', '/v1/users/me'].map(
          async (path) => (await test.api.get(path, { token: laptop.token })).body,
        ),
      );
      expect(JSON.stringify(told)).not.toMatch(/"number"/);
    });

    it('and denied by a wrong one, for good', async () => {
      const { laptop, phone, ticket, number, request } = await asked();
      const wrong = request.numbers.find((one: number) => one !== number);
      expect((await approve(request.id, laptop.token, wrong)).body).toMatchObject({
        status: 403,
        code: 'wrong_number',
      });
      expect((await approve(request.id, laptop.token, number)).body.code).toBe('login_request_decided');
      expect((await phone.wait(ticket)).body).toMatchObject({ status: 403, code: 'login_denied' });
      expect(await codeOf(laptop.token)).toBe('live');
      expect(await listOpen(laptop.token)).toEqual([]);
    });

    it('and not without one', async () => {
      const { laptop, phone, ticket, number, request } = await asked();
      for (const body of [
        { approve: true },
        { approve: true, number: `${number}` },
        { approve: true, number: null },
        {},
      ])
        expect((await answer(request.id, laptop.token, body)).body.code).toBe('validation_failed');
      await approve(request.id, laptop.token, number);
      expect((await phone.wait(ticket)).status).toBe(201);
    });
  });

  describe('shows where it comes from', () => {
    const from = (ip: string) => {
      const phone = new Client(test.api, PHONE);
      phone.headers['x-forwarded-for'] = ip;
      return phone;
    };

    it('to the approving device: where it was asked from, and where it waits', async () => {
      const { laptop, phone, ticket, number, request } = await asked(from('198.51.100.1'));
      expect(request.ip).toBe('198.51.100.1');
      phone.headers['x-forwarded-for'] = '203.0.113.9';
      const waiting = phone.wait(ticket);
      const [open] = await eventually(
        () => listOpen(laptop.token),
        ([one]) => one.waitsFrom !== null,
      );
      expect(open).toMatchObject({ ip: '198.51.100.1', waitsFrom: '203.0.113.9' });
      await approve(request.id, laptop.token, number);
      test.clock.advance(LOOK_EVERY_MS);
      const { body } = await waiting;
      expect(body.session).toMatchObject({ ip: '203.0.113.9', askedFrom: '198.51.100.1' });
      const { items } = (await test.api.get('/v1/sessions', { token: phone.token })).body;
      expect(items[0]).toMatchObject({ ip: '203.0.113.9', askedFrom: '198.51.100.1' });
    });

    it('to the approving device: nowhere else, once it waits where it was asked from', async () => {
      const { laptop, phone, ticket, request } = await asked(from('198.51.100.1'));
      const back = new Client(test.api, PHONE);
      Object.assign(back.headers, phone.headers);
      phone.headers['x-forwarded-for'] = '203.0.113.9';
      const waitsFrom = async () => (await listOpen(laptop.token))[0].waitsFrom;
      const waits = [phone.wait(ticket)];
      await eventually(waitsFrom, (ip) => ip === '203.0.113.9');
      waits.push(back.wait(ticket));
      await eventually(waitsFrom, (ip) => ip === null);
      await answer(request.id, laptop.token, { approve: false });
      test.clock.advance(LOOK_EVERY_MS);
      for (const { body } of await Promise.all(waits)) expect(body.code).toBe('login_denied');
    });
  });

  it('works on behalf of a person too, and is not needed where there is a place', async () => {
    const { id } = await test.api.createUser();
    expect((await test.api.serviceLogin(id)).status).toBe(201);
    const asking = await test.api.serviceLogin(id);
    expect(asking).toMatchObject({
      status: 202,
      body: { ticket: expect.stringMatching(/^ott_/), number: expect.any(Number) },
    });
    expect(asking.body).not.toHaveProperty('device');
  });
});
