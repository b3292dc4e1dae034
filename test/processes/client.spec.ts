import { spawnSync } from 'node:child_process';
import { clientTypesOf, readClientTypes } from '../../scripts/client-types.mjs';
import {
  Oneseat,
  OneseatError,
  type LiveConnection,
  type Login,
  type Message,
  type OneseatOptions,
  type SessionEnd,
} from '../../src/client/index.js';
import { UsersService } from '../../src/users/index.js';
import { PASSWORD } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/ports.js';
import { startServer } from '../support/server.js';
import { newStore } from '../support/stores.js';

describe('the client', () => {
  let test: TestApp;
  let open: Oneseat[] = [];
  beforeAll(async () => {
    test = await startApp('sqlite', { SESSION_LIMIT: '1' });
  });
  afterEach(async () => {
    await Promise.all(open.map((client) => client.logOut()));
    open = [];
  });
  afterAll(() => test.close());

  /** A person who is logged in by the client, and the ends that it has told of. */
  async function loggedIn(baseUrl = test.url, api = test.api, more: Partial<OneseatOptions> = {}) {
    const { id, mobile } = await api.createUser();
    const client = new Oneseat({ baseUrl, ...more });
    open.push(client);
    const ends: SessionEnd[] = [];
    client.onSessionEnded((end) => ends.push(end));
    const login = await client.logIn({ identifier: mobile, password: PASSWORD });
    if (!('token' in login)) throw new Error('has to wait');
    return { id, mobile, client, ends, login };
  }
  type LoggedIn = Awaited<ReturnType<typeof loggedIn>>;
  const acquaint = (one: LoggedIn, other: LoggedIn) =>
    test.api.acquaint({ id: one.id, token: one.login.token }, { id: other.id, token: other.login.token });
  const displace = (mobile: string) => test.api.login(mobile, 'SomePhone/1.0');

  it('knows every call of the service as it is', async () => {
    const document = (await test.api.get('/openapi.json')).body;
    expect(await readClientTypes()).toBe(await clientTypesOf(document));
  });

  it('is what the package exports', () => {
    const program = "import('oneseat/client').then((m) => console.log(Object.keys(m).sort().join()))";
    const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('LiveConnection,Oneseat,OneseatError,toOneseatError');
  });

  it('logs in and out, and refuses with the problem', async () => {
    const { client, mobile, login, ends } = await loggedIn();
    const { data } = await client.api.GET('/v1/sessions/current');
    expect(data?.session.id).toBe(login.session.id);
    await client.logOut();
    expect(ends).toEqual([{ reason: 'logged_out' }]);
    expect(client.sessionToken).toBeNull();
    const wrong = client.logIn({ identifier: mobile, password: 'not this one' });
    await expect(wrong).rejects.toMatchObject({ status: 401, code: 'invalid_credentials' });
    await expect(wrong).rejects.toBeInstanceOf(OneseatError);
    expect(ends).toHaveLength(1);
  });

  it('says so where no answer comes, but not of a call that was broken off', async () => {
    const nowhere = new Oneseat({ baseUrl: `http://127.0.0.1:${await freePort()}` });
    const login = nowhere.logIn({ identifier: 'asha', password: PASSWORD });
    await expect(login).rejects.toMatchObject({ name: 'OneseatError', status: 0, code: 'unreachable' });
    const brokenOff = nowhere.api.GET('/v1/users/me', { signal: AbortSignal.abort() });
    await expect(brokenOff).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells once that it was displaced, and by which device, and does not log in again', async () => {
    const { client, mobile, ends } = await loggedIn();
    const connection = await client.connect();
    const winner = (await displace(mobile)).body;
    await eventually(
      async () => ends.length,
      (count) => count > 0,
    );
    expect(ends).toMatchObject([{ reason: 'displaced', endedBy: { sessionId: winner.session.id } }]);
    expect([client.sessionToken, connection.connected]).toEqual([null, false]);
    await expect(connection.send(winner.user.id, 'too late')).rejects.toMatchObject({ code: 'closed' });
    expect((await client.api.GET('/v1/sessions/current')).response.status).toBe(401);
    await expect(client.connect()).rejects.toMatchObject({ code: 'authentication_required' });
    expect(ends).toHaveLength(1);
    expect((await test.api.current(winner.token)).status).toBe(200);
  });

  it('learns of the end from the first refused call where it has no socket', async () => {
    const { client, mobile, ends } = await loggedIn();
    const winner = (await displace(mobile)).body;
    await client.api.GET('/v1/notifications');
    await client.api.GET('/v1/notifications');
    expect(ends).toMatchObject([
      { reason: 'displaced', endedAt: expect.any(String), endedBy: { sessionId: winner.session.id } },
    ]);
  });

  it('learns of the end when it connects', async () => {
    const { client, mobile, ends } = await loggedIn();
    await displace(mobile);
    await expect(client.connect()).rejects.toMatchObject({ code: 'session_displaced' });
    expect(ends).toMatchObject([{ reason: 'displaced' }]);
  });

  it('takes a session up again by its token', async () => {
    const { client, login } = await loggedIn();
    const again = new Oneseat({ baseUrl: test.url, token: client.sessionToken! });
    expect((await again.api.GET('/v1/users/me')).data?.id).toBe(login.user.id);
  });

  it('speaks for the person who logged in last, on a line of their own', async () => {
    const [asha, ravi] = [await loggedIn(), await loggedIn()];
    const first = await asha.client.connect();
    await asha.client.logIn({ identifier: ravi.mobile, password: PASSWORD });
    const second = await asha.client.connect();
    expect(second).not.toBe(first);
    expect((await second.send(asha.id, 'Hello')).from).toBe(ravi.id);
    await expect(first.send(ravi.id, 'Hello')).rejects.toMatchObject({ code: 'closed' });
    // That the first session ends says nothing of the second.
    await displace(asha.mobile);
    expect((await asha.client.api.GET('/v1/users/me')).data?.id).toBe(ravi.id);
    expect(asha.ends).toEqual([]);
  });

  it('tells nobody that its own login has displaced its session, before the answer or after', async () => {
    const { client, mobile, ends } = await loggedIn();
    await client.connect();
    await client.logIn({ identifier: mobile, password: PASSWORD });
    await client.connect();
    expect((await client.api.GET('/v1/users/me')).response.status).toBe(200);
    expect(ends).toEqual([]);
  });

  it('tells of an end that came while it logged in, where the login failed', async () => {
    let heldUp: Promise<void> = Promise.resolve();
    const slow: typeof fetch = async (request) => {
      if (new URL((request as Request).url).pathname === '/v1/sessions') await heldUp;
      return fetch(request);
    };
    const { client, mobile, ends } = await loggedIn(test.url, test.api, { fetch: slow });
    await client.connect();
    let goOn = (): void => undefined;
    heldUp = new Promise((resolve) => (goOn = resolve));
    const login = client.logIn({ identifier: mobile, password: 'not this one' });
    await displace(mobile);
    expect((await client.api.GET('/v1/users/me')).response.status).toBe(401);
    expect(ends).toEqual([]);
    goOn();
    await expect(login).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect([ends, client.sessionToken]).toEqual([[expect.objectContaining({ reason: 'displaced' })], null]);
  });

  it('tells every listener, though another throws, whose error comes out as an uncaught one', async () => {
    const [asha, ravi] = [await loggedIn(), await loggedIn()];
    const uncaught: unknown[] = [];
    Object.assign(globalThis, { reportError: (error: unknown) => uncaught.push(error) });
    const fault = new Error('of the application');
    const fail = () => {
      throw fault;
    };
    const here = await asha.client.connect();
    const heard: string[] = [];
    here.on('message.created', fail);
    here.on('message.created', ({ text }) => heard.push(text!));
    const faulty = new Oneseat({ baseUrl: test.url, token: asha.client.sessionToken! });
    const ends: SessionEnd[] = [];
    faulty.onSessionEnded(fail);
    faulty.onSessionEnded((end) => ends.push(end));
    try {
      const there = await ravi.client.connect();
      for (const text of ['1', '2']) await there.send(asha.id, text);
      await eventually(
        async () => heard.length,
        (count) => count === 2,
      );
      await faulty.logOut();
    } finally {
      Reflect.deleteProperty(globalThis, 'reportError');
    }
    expect([heard, ends, uncaught]).toEqual([['1', '2'], [{ reason: 'logged_out' }], [fault, fault, fault]]);
  });

  it('asks for its own conversations when it connects, not for everybody there is', async () => {
    const asked: string[] = [];
    const noting: typeof fetch = (request) => {
      asked.push(new URL((request as Request).url).pathname);
      return fetch(request);
    };
    const [asha, ravi] = [await loggedIn(test.url, test.api, { fetch: noting }), await loggedIn()];
    await Promise.all(Array.from({ length: 150 }, () => test.api.createUser()));
    const there = await ravi.client.connect();
    await there.send(asha.id, 'Hello');
    asked.length = 0;
    await asha.client.connect();
    await eventually(
      async () => asked.length,
      (count) => count === 3,
    );
    expect(asked).toEqual(['/v1/sessions/current', '/v1/conversations', '/v1/conversations']);
  });

  it('catches up on what somebody wrote who has been locked since', async () => {
    const [asha, ravi] = [await loggedIn(), await loggedIn()];
    const body = { to: asha.id, text: 'Hello' };
    await test.api.post('/v1/messages', { token: ravi.client.sessionToken!, body });
    await test.app.get(UsersService).editAsAdmin(ravi.id, { locked: true }, { kind: 'system' });
    const here = await asha.client.connect({ [ravi.id]: 0 });
    const heard: string[] = [];
    here.on('message.created', ({ text }) => heard.push(text!));
    await eventually(
      async () => heard.length,
      (count) => count === 1,
    );
    expect(heard).toEqual(['Hello']);
  });

  it('hears everything that it listens to', async () => {
    const [asha, ravi] = [await loggedIn(), await loggedIn()];
    await acquaint(asha, ravi);
    const [here, there] = [await asha.client.connect(), await ravi.client.connect()];
    const heard: unknown[] = [];
    there.on('typing', (typing) => heard.push(typing));
    here.on('message.read', ({ by, upTo }) => heard.push({ by, upTo }));
    here.typing(ravi.id);
    await eventually(
      async () => heard.length,
      (count) => count === 1,
    );
    const message = await here.send(ravi.id, 'Hello');
    await there.markRead(asha.id, message.id);
    await eventually(
      async () => heard.length,
      (count) => count === 2,
    );
    expect(heard).toEqual([{ from: asha.id }, { by: ravi.id, upTo: message.id }]);
    await expect(here.send(asha.id, 'to myself')).rejects.toMatchObject({ status: 400 });
  });

  it('tells of those whom it watches that they are there, come and go', async () => {
    const [asha, ravi] = [await loggedIn(), await loggedIn()];
    await acquaint(asha, ravi);
    const here = await asha.client.connect();
    const heard: boolean[] = [];
    here.on('presence', ({ userId, online }) => heard.push(userId === ravi.id && online));
    await here.watch([ravi.id]);
    expect(heard).toEqual([false]);
    await ravi.client.connect();
    const so = (count: number) =>
      eventually(
        async () => heard.length,
        (found) => found === count,
      );
    await so(2);
    await ravi.client.logOut();
    await so(3);
    expect(heard).toEqual([false, true, false]);
  });

  it('hands on every message once and in order, over a server that is killed and comes back', async () => {
    const store = newStore('sqlite');
    let server = await startServer(store);
    const port = new URL(server.api.url).port;
    const [asha, ravi] = [await loggedIn(server.api.url, server.api), await loggedIn(server.api.url, server.api)];
    const [here, there] = [await asha.client.connect(), await ravi.client.connect()];
    const texts = (connection: LiveConnection) => {
      const heard: string[] = [];
      connection.on('message.created', ({ text }: Message) => heard.push(text!));
      return heard;
    };
    const [sent, received] = [texts(here), texts(there)];
    const online: boolean[] = [];
    here.on('presence', (news) => online.push(news.online));
    await there.send(asha.id, '1');
    await here.send(ravi.id, '2');
    await here.watch([ravi.id]);
    await server.end('SIGKILL');
    const waiting = ['3', '4', '5'].map((text) => here.send(ravi.id, text));
    server = await startServer(store, { PORT: port });
    expect((await Promise.all(waiting)).map(({ seq }) => seq)).toEqual([3, 4, 5]);
    await there.send(asha.id, '6');
    for (const heard of [sent, received]) {
      await eventually(
        async () => heard.length,
        (count) => count >= 6,
      );
      expect(heard).toEqual(['1', '2', '3', '4', '5', '6']);
    }
    // Asked again on the new line, where the other may come a moment later.
    await eventually(
      async () => online.at(-1) && online.length > 1,
      (known) => known === true,
    );
    expect([online[0], online.at(-1)]).toEqual([true, true]);
    expect(online.length).toBeGreaterThan(1);
    await Promise.all(open.splice(0).map((client) => client.logOut()));
    await server.end('SIGTERM');
    await store.dispose();
  });
});

describe.each(['approve', 'ask'])('the client under %s', (onLimit) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp('sqlite', { SESSION_ON_LIMIT: onLimit });
  });
  afterAll(() => test.close());

  it('shows with its ticket the secret that came with it, and is the same device at its next login', async () => {
    const { mobile } = await test.api.createUser();
    const laptop = (await test.api.login(mobile)).body;
    const client = new Oneseat({ baseUrl: test.url });
    const credentials = { identifier: mobile, password: PASSWORD };
    const asked = await client.logIn(credentials).catch((error: unknown) => error as OneseatError);
    const device = client.deviceCredential;
    expect(device).toEqual({ id: expect.any(String), secret: expect.any(String) });
    let login: Login;
    if (asked instanceof OneseatError) {
      const { ticket } = asked.problem.takeover as { ticket: string };
      login = await client.takeOver(ticket, [laptop.session.id]);
    } else {
      if ('token' in asked) throw new Error('was not asked about');
      const [request] = (await test.api.get('/v1/login-requests', { token: laptop.token })).body.items;
      const body = { approve: true, number: asked.number };
      await test.api.post(`/v1/login-requests/${request.id}`, { token: laptop.token, body });
      login = await client.waitForApproval(asked);
    }
    expect(login.session.device.id).toBe(device!.id);
    expect((await client.api.GET('/v1/sessions/current')).data?.session.id).toBe(login.session.id);
    const again = new Oneseat({ baseUrl: test.url, device: device! });
    expect(await again.logIn(credentials)).toMatchObject({ newDevice: false, displaced: [{ id: login.session.id }] });
    expect(again.deviceCredential).toEqual(device);
  });
});
