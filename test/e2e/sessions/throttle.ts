import { randomUUID } from 'node:crypto';
import { deviceSubject, Throttle } from '../../../src/auth/index.js';
import { LAPTOP, PASSWORD, type Answer } from '../../support/api.js';
import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { cookiesOf } from '../../support/cookies.js';
import { ENGINES, newStore } from '../../support/stores.js';

const WRONG = `not ${PASSWORD}`;
const SECOND = 1000;
const WINDOW = 600 * SECOND;
/** Tests say with X-Forwarded-For from which address they come. */
const SETTINGS = {
  TRUSTED_PROXIES: '127.0.0.1',
  CREATIONS_PER_ADDRESS: '30',
  ADMIN_USERNAME: ADMIN.username,
  ADMIN_PASSWORD: ADMIN.password,
};

let addresses = 0;
/** One that no other test has used up. */
const newAddress = () => `198.51.${(addresses >> 8) % 256}.${addresses++ % 256}`;

const untilNextWindow = ({ clock }: TestApp) => WINDOW - (clock.now().getTime() % WINDOW);

/** What tells one refusal from another. */
const seen = ({ status, body, headers }: Answer) => {
  const { requestId: _, ...problem } = body;
  return { status, ...problem, retryAfter: headers.get('retry-after'), challenge: headers.get('www-authenticate') };
};

async function times<T>(n: number, task: (i: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let i = 0; i < n; i++) done.push(await task(i));
  return done;
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);

describe.each(ENGINES)('%s: throttling', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, SETTINGS);
    test.clock.stop();
  });
  afterAll(() => test.close());

  interface Try {
    readonly password?: string;
    readonly from?: string;
    readonly device?: string;
    readonly on?: TestApp;
  }

  const logIn = (identifier: string, { password = PASSWORD, from = newAddress(), device, on = test }: Try = {}) =>
    on.api.login(identifier, LAPTOP, {
      password,
      headers: { 'x-forwarded-for': from, ...(device && { cookie: `device=${device}` }) },
    });

  /** Wrong passwords, from an address each. */
  const fail = (identifier: string, n: number, more: Try = {}) =>
    times(n, () => logIn(identifier, { password: WRONG, ...more }));

  const adminToken = async () =>
    (await test.api.login(ADMIN.username, LAPTOP, { password: ADMIN.password })).body.token as string;

  describe('of an account', () => {
    it('gives five failures free, then asks to wait 1 s, doubling to 15 min', async () => {
      const { mobile } = await test.api.createUser();
      expect(statuses(await fail(mobile, 5))).toEqual([401, 401, 401, 401, 401]);
      for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
        const early = await logIn(mobile);
        expect(early).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
        expect(early.headers.get('retry-after')).toBe(String(wait));
        test.clock.advance(wait * SECOND - 1);
        expect((await logIn(mobile)).status).toBe(429);
        test.clock.advance(1);
        expect(statuses(await fail(mobile, 1))).toEqual([401]);
      }
    });

    it('starts anew after the right password', async () => {
      const { mobile } = await test.api.createUser();
      await fail(mobile, 5);
      test.clock.advance(SECOND);
      expect((await logIn(mobile)).status).toBe(201);
      expect(statuses(await fail(mobile, 6))).toEqual([401, 401, 401, 401, 401, 429]);
    });

    it('answers for an unknown, a locked and a passwordless user just as for a wrong password', async () => {
      const { api, clock } = test;
      const known = await api.createUser();
      const locked = await api.createUser();
      const lock = { token: await adminToken(), body: { locked: true } };
      expect((await api.patch(`/v1/admin/users/${locked.id}`, lock)).status).toBe(200);
      const { body: passwordless } = await api.post('/v1/users', { service: true, body: { username: 'no.password' } });
      const tries: [string, string][] = [
        [known.mobile, WRONG],
        [locked.mobile, PASSWORD],
        [locked.mobile, WRONG],
        [passwordless.username, WRONG],
        ['+919811111111', WRONG],
        [`nobody-${randomUUID().slice(0, 8)}`, WRONG],
        [`${randomUUID()}@example.com`, WRONG],
      ];
      const sequences: unknown[] = [];
      for (const [identifier, password] of tries) {
        clock.advance(86_400 * SECOND);
        const answers = await fail(identifier, 6, { password });
        clock.advance(SECOND);
        answers.push(...(await fail(identifier, 2, { password })));
        sequences.push(answers.map(seen));
      }
      expect(sequences[0]).toMatchObject([401, 401, 401, 401, 401, 429, 401, 429].map((status) => ({ status })));
      for (const sequence of sequences) expect(sequence).toEqual(sequences[0]);
    });

    it('is not outrun by guesses at the same time', async () => {
      const { mobile } = await test.api.createUser();
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => logIn(mobile, { password: WRONG, from: newAddress() })),
      );
      // Two at a time: one more than the free ones may have been let in before the last was counted.
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
      expect(new Set(statuses(answers))).toEqual(new Set([401, 429]));
    });

    it('counts all spellings of an identifier together, and no two identifiers: else it would tell whose they are', async () => {
      const username = `both.${randomUUID().slice(0, 8)}`;
      const { mobile } = await test.api.createUser({ username });
      expect(statuses([...(await fail(mobile, 3)), ...(await fail(mobile.slice(3), 3))]).at(-1)).toBe(429);
      expect(statuses([...(await fail(username, 3)), ...(await fail(username.toUpperCase(), 3))])).toEqual([
        ...Array<number>(5).fill(401),
        429,
      ]);
    });
  });

  it('survives a restart', async () => {
    const store = newStore(engine);
    const before = await startApp(engine, SETTINGS, store);
    before.clock.stop();
    before.clock.advance(untilNextWindow(before));
    const { mobile } = await before.api.createUser();
    const from = newAddress();
    await fail(mobile, 5, { on: before });
    await times(30, (i) => logIn(`nobody-${i}`, { on: before, from, password: WRONG }));
    await before.close();

    const after = await startApp(engine, SETTINGS, store);
    try {
      after.clock.stop();
      after.clock.advance(before.clock.now().getTime() + SECOND - after.clock.now().getTime());
      expect(statuses(await fail(mobile, 2, { on: after }))).toEqual([401, 429]);
      const { mobile: other } = await after.api.createUser();
      expect((await logIn(other, { on: after, from })).status).toBe(429);
    } finally {
      await after.close();
      await store.dispose();
    }
    // Passport knows one strategy per process: what was started last.
    await test.close();
    test = await startApp(engine, SETTINGS);
    test.clock.stop();
  });

  describe('of an address', () => {
    const startOfWindow = () => test.clock.advance(untilNextWindow(test));

    it('gives thirty failures in ten minutes, over all accounts', async () => {
      startOfWindow();
      const from = newAddress();
      const { mobile } = await test.api.createUser();
      const tries = await times(30, (i) => logIn(`spray-${i}`, { from, password: 'Summer2026!' }));
      expect(new Set(statuses(tries))).toEqual(new Set([401]));

      const refused = await logIn(mobile, { from });
      expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
      expect(refused.headers.get('retry-after')).toBe('600');
      expect((await logIn(mobile)).status).toBe(201);
      test.clock.advance(WINDOW);
      expect((await logIn(mobile, { from })).status).toBe(201);
    });

    it('takes the addresses of one IPv6 subscriber (/64) for one', async () => {
      startOfWindow();
      await times(30, (i) => logIn(`six-${i}`, { from: `2001:db8:1:1::${i + 1}`, password: WRONG }));
      const { mobile } = await test.api.createUser();
      expect((await logIn(mobile, { from: '2001:db8:1:1:ffff::1' })).status).toBe(429);
      expect((await logIn(mobile, { from: '2001:db8:1:2::1' })).status).toBe(201);
    });

    it('is not outrun by guesses at many accounts at the same time', async () => {
      startOfWindow();
      const from = newAddress();
      const answers = await Promise.all(
        Array.from({ length: 120 }, (_, i) => logIn(`burst-${i}`, { from, password: WRONG })),
      );
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(30);
    });
  });

  describe('of creating accounts and taking names', () => {
    const HOUR = 3600 * SECOND;
    const startOfHour = () => test.clock.advance(HOUR - (test.clock.now().getTime() % HOUR));
    const free = () => `free.${randomUUID().slice(0, 12)}`;
    const create = (from: string, body: object = { username: free() }, path = '/v1/users') =>
      test.api.post(path, { headers: { 'x-forwarded-for': from }, body: { password: PASSWORD, ...body } });
    const used = { status: 429, code: 'too_many_attempts', retryAfter: '3600' };

    it('counts what is taken and what is free alike, and what services create not at all', async () => {
      startOfHour();
      const from = newAddress();
      const { mobile } = await test.api.createUser();
      const answers = await times(45, (i) => create(from, i % 2 ? { mobile } : { username: free() }));
      expect(statuses(answers)).toEqual([...Array(15).fill([201, 409]).flat(), ...Array(15).fill(429)]);
      expect(seen(answers[30]!)).toMatchObject(used);
      // Asking is not logging in.
      expect((await logIn(mobile, { from })).status).toBe(201);
      const byService = { service: true, headers: { 'x-forwarded-for': from }, body: { mobile } };
      expect((await test.api.post('/v1/users', byService)).status).toBe(409);
      expect((await create(newAddress())).status).toBe(201);
      startOfHour();
      expect((await create(from)).status).toBe(201);
    });

    it('counts a network of IPv6 as one address', async () => {
      startOfHour();
      const answers = await times(31, (i) => create(`2001:db8:7:${i.toString(16)}::${i.toString(16)}`));
      expect(statuses(answers)).toEqual([...Array(30).fill(201), 429]);
      expect((await create('2001:db8:8::1')).status).toBe(201);
    });

    it('counts new names of an account as well, and those of the earlier APIs', async () => {
      startOfHour();
      const from = newAddress();
      const headers = { 'x-forwarded-for': from };
      const { mobile } = await test.api.createUser();
      const { id, mobile: own } = await test.api.createUser();
      const { token } = (await logIn(own, { from })).body;
      const edit = (body: object, of = headers) => test.api.patch('/v1/users/me', { token, headers: of, body });
      const answers = await times(29, () => edit({ mobile }));
      expect(statuses(answers)).toEqual(Array(29).fill(409));
      const earlier = { username: free(), email: `${free()}@example.com` };
      expect((await create(from, earlier, '/register')).status).toBe(201);
      for (const body of [{ mobile }, { username: free() }, { email: `${free()}@example.com` }])
        expect(seen(await edit(body))).toMatchObject(used);
      const other = { fullName: 'Asha', email: `${free()}@example.com` };
      expect(seen(await create(from, other, '/api/auth/signup'))).toMatchObject(used);
      // What tells nothing of others is free.
      expect((await edit({ displayName: 'Asha' })).body).toMatchObject({ id, displayName: 'Asha' });
      expect((await edit({ mobile }, { 'x-forwarded-for': newAddress() })).status).toBe(409);
    });

    it('loses none among racing ones', async () => {
      startOfHour();
      const from = newAddress();
      const answers = await Promise.all(Array.from({ length: 60 }, () => create(from)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(30);
    });
  });

  describe('of a proven device', () => {
    it('is its own: an attacker elsewhere does not lock the person out', async () => {
      const { mobile } = await test.api.createUser();
      const home = newAddress();
      const device = cookiesOf(await logIn(mobile, { from: home })).get('device')!.value;
      await fail(mobile, 10);
      await times(35, (i) => logIn(`noise-${i}`, { from: home, password: WRONG }));

      expect((await logIn(mobile, { from: home })).status).toBe(429);
      expect((await logIn(mobile, { from: home, device })).status).toBe(201);
      expect((await logIn(mobile, { device })).status).toBe(201);
      // Being let in says nothing for the attacker's counter.
      expect((await logIn(mobile)).status).toBe(429);
    });

    it('slows down who has got hold of the device', async () => {
      const { mobile } = await test.api.createUser();
      const device = cookiesOf(await logIn(mobile)).get('device')!.value;
      expect(statuses(await fail(mobile, 6, { device }))).toEqual([401, 401, 401, 401, 401, 429]);
      expect((await logIn(mobile, { device })).status).toBe(429);
      expect((await logIn(mobile)).status).toBe(201);
    });

    it("is none with another account's secret, or a made-up one", async () => {
      const { mobile } = await test.api.createUser();
      const { mobile: attacker } = await test.api.createUser();
      const device = cookiesOf(await logIn(attacker)).get('device')!.value;
      await fail(mobile, 5);
      const made = Buffer.alloc(32, 7).toString('base64url');
      for (const shown of [device, made]) expect((await logIn(mobile, { device: shown })).status).toBe(429);
    });
  });

  it('counts a wrong current password against the device that gave it', async () => {
    const { mobile } = await test.api.createUser();
    const { token } = (await logIn(mobile)).body;
    const change = (currentPassword: string) =>
      test.api.put('/v1/users/me/password', { token, body: { currentPassword, newPassword: `${PASSWORD}-2` } });
    expect(statuses(await times(6, () => change(WRONG)))).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await change(PASSWORD)).status).toBe(429);
    expect((await logIn(mobile)).status).toBe(201);
  });

  it('counts what a thief with a copied token guesses apart from what the owner gives, who shows the device', async () => {
    const { mobile } = await test.api.createUser();
    const login = await logIn(mobile);
    const cookie = `device=${cookiesOf(login).get('device')!.value}`;
    const prove = (body: object, headers: Record<string, string>) =>
      test.api.post('/v1/sessions/current/proof', { token: login.body.token, body, headers });
    const thief = { 'x-forwarded-for': newAddress() };
    const guesses = await times(6, () => prove({ currentPassword: WRONG }, thief));
    expect(statuses(guesses)).toEqual([403, 403, 403, 403, 403, 429]);
    expect((await prove({ currentPassword: PASSWORD }, { cookie })).status).toBe(200);
    // Codes count for the address that gives them, and not for the one from which the session was opened.
    const codes = await times(21, () => prove({ code: '000000', request: randomUUID() }, thief));
    expect(statuses(codes)).toEqual([...Array<number>(20).fill(403), 429]);
    expect((await prove({ code: '000000', request: randomUUID() }, { cookie })).status).toBe(403);
  });

  it('is not outrun by guesses at the current password at the same time, from whatever session', async () => {
    const { id, mobile } = await test.api.createUser();
    const { token } = (await logIn(mobile)).body;
    const guess = () =>
      test.api.put('/v1/users/me/password', { token, body: { currentPassword: WRONG, newPassword: PASSWORD } });
    const answers = await Promise.all(Array.from({ length: 30 }, guess));
    expect(answers.filter(({ status }) => status === 403).length).toBeLessThanOrEqual(6);
    expect(new Set(statuses(answers))).toEqual(new Set([403, 429]));
    expect((await test.api.serviceLogin(id)).status).toBe(201);
  });

  it('turns a guess away where too many at one account are waiting', async () => {
    const throttle = test.app.get(Throttle, { strict: false });
    const guess = (account: string, check: () => Promise<string>) =>
      throttle.attempt(account, [deviceSubject(account)], check);
    let release = (_: string) => {};
    const released = new Promise<string>((resolve) => (release = resolve));
    const waiting = Array.from({ length: 2 + 256 }, () => guess('somebody', () => released));
    await expect(guess('somebody', () => released)).rejects.toMatchObject({ code: 'busy' });
    expect(await guess('somebody else', async () => 'in turn')).toBe('in turn');
    release('released');
    await Promise.all(waiting);
    expect(await guess('somebody', async () => 'in turn')).toBe('in turn');
  });

  it('does not count what services do', async () => {
    const { id, mobile } = await test.api.createUser();
    await fail(mobile, 8);
    const unknown = await times(40, () => test.api.serviceLogin(randomUUID()));
    expect(new Set(statuses(unknown))).toEqual(new Set([404]));
    expect((await test.api.serviceLogin(id)).status).toBe(201);
  });
});

describe.each(ENGINES)('%s: throttling under the refuse policy', (engine) => {
  it('counts no refusal by the policy, and refuses by it only after the right password', async () => {
    const test = await startApp(engine, { ...SETTINGS, SESSION_ON_LIMIT: 'refuse' });
    test.clock.stop();
    try {
      const { mobile } = await test.api.createUser();
      const { mobile: other } = await test.api.createUser();
      const headers = { 'x-forwarded-for': newAddress() };
      const logIn = (identifier: string, password = PASSWORD) =>
        test.api.login(identifier, LAPTOP, { password, headers });
      expect((await logIn(mobile)).status).toBe(201);
      const refused = await times(35, () => logIn(mobile));
      expect(new Set(statuses(refused))).toEqual(new Set([409]));
      expect((await logIn(other)).status).toBe(201);
      expect((await logIn(mobile, WRONG)).body.code).toBe('invalid_credentials');
    } finally {
      await test.close();
    }
  });
});
