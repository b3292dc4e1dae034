import type { Browser, Page } from 'playwright-core';
import type * as Client from '../../src/client/index.js';
import {
  Oneseat,
  type LiveConnection,
  type Message,
  type OneseatError,
  type SessionEnd,
} from '../../src/client/index.js';
import { PASSWORD, PHONE } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CHROMIUM_INSTALLED, newPage, PLAIN_HOST, startChromium, type OpenPage } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';
import { servePages, type Pages } from '../support/pages.js';

/** What is in the page. */
declare global {
  var client: typeof Client;
  var me: Oneseat;
  var live: LiveConnection;
  var ends: SessionEnd[];
  var heard: Message[];
  var sending: Promise<Message>;
  var sessionStorage: { getItem(name: string): string | null; setItem(name: string, value: string): void };
}

/** With this packet of engine.io long polling is over. */
const UPGRADE = '5';

const withChromium = CHROMIUM_INSTALLED ? describe : describe.skip;

withChromium('the client in a browser', () => {
  let browser: Browser;
  let pages: Pages;
  let test: TestApp;
  let open: OpenPage;
  /** Of a page that is cross-site to the service. `localhost` is a secure context without https, another host is none. */
  const origins = () => [`http://app.localhost:${pages.port}`, `http://${PLAIN_HOST}:${pages.port}`] as const;

  beforeAll(async () => {
    browser = await startChromium();
    pages = await servePages(() => test.url);
    test = await startApp('sqlite', { SESSION_LIMIT: '1', CORS_ORIGINS: origins().join() });
  });
  beforeEach(async () => {
    open = await newPage(browser);
  });
  afterEach(() => open.context.close());
  afterAll(async () => {
    await browser.close();
    await pages.close();
    await test.close();
  });

  /** The page with the client, which keeps in `ends` and `heard` what it is told. */
  async function load(url: string, options: { baseUrl?: string; token?: string } = {}): Promise<Page> {
    const { page } = open;
    await page.goto(url);
    await page.evaluate(
      (given) => {
        globalThis.me = new client.Oneseat(given);
        globalThis.ends = [];
        globalThis.heard = [];
        me.onSessionEnded((end) => ends.push(end));
      },
      { baseUrl: test.url, ...options },
    );
    return page;
  }

  const logIn = (page: Page, mobile: string) =>
    page.evaluate((credentials) => me.logIn(credentials).then(() => me.sessionToken!), {
      identifier: mobile,
      password: PASSWORD,
    });

  /** Connected, and over a WebSocket: Chromium complains of one that is closed before it is open. */
  async function connect(page: Page, since: Record<string, number> = {}): Promise<void> {
    const upgraded = page
      .waitForEvent('websocket')
      .then((socket) => socket.waitForEvent('framesent', ({ payload }) => payload === UPGRADE));
    await page.evaluate(async (positions) => {
      globalThis.live = await me.connect(positions);
      live.on('message.created', (message) => heard.push(message));
    }, since);
    await upgraded;
  }

  const connected = (page: Page, wanted: boolean) =>
    eventually(
      () => page.evaluate(() => live.connected),
      (found) => found === wanted,
    );

  /** The texts that the page was told of, once there are so many. */
  const texts = (page: Page, count: number) =>
    eventually(
      () => page.evaluate(() => heard.map(({ text }) => text)),
      (found) => found.length >= count,
      15_000,
    );

  /** The ends that the page was told of, once there is one. */
  const endsOf = (page: Page) =>
    eventually(
      () => page.evaluate(() => ends),
      (found) => found.length > 0,
      15_000,
    );

  /** What a call is refused with in the page. */
  const refusal = (page: Page, name: 'send' | 'connect' | 'read') =>
    page.evaluate(async (called) => {
      const calls = {
        send: () => live.send('whoever', 'too late'),
        connect: () => me.connect(),
        read: () => me.api.GET('/v1/users/me'),
      };
      try {
        await calls[called]();
        return null;
      } catch (error) {
        const { status, code } = error as OneseatError;
        return { status, code };
      }
    }, name);

  /** Somebody to talk to, not in a browser. */
  async function friend() {
    const { id, mobile } = await test.api.createUser();
    const oneseat = new Oneseat({ baseUrl: test.url });
    await oneseat.logIn({ identifier: mobile, password: PASSWORD });
    const connection = await oneseat.connect();
    const received: string[] = [];
    connection.on('message.created', ({ text }) => received.push(text!));
    return { id, connection, received, leave: () => oneseat.logOut() };
  }

  it.each([
    ['an allowed origin', 0],
    ['an allowed origin without a secure context', 1],
  ] as const)('logs in from a page of %s, and chats', async (_, which) => {
    const { id, mobile } = await test.api.createUser();
    const other = await friend();
    const page = await load(origins()[which]);
    expect(await page.evaluate(() => 'randomUUID' in crypto)).toBe(which === 0);
    await logIn(page, mobile);
    await connect(page);
    await other.connection.send(id, 'Can you hear me?');
    expect(await texts(page, 1)).toEqual(['Can you hear me?']);
    const stored = await page.evaluate((to) => live.send(to, 'I can.'), other.id);
    expect(stored).toMatchObject({ seq: 2, from: id, to: other.id, text: 'I can.' });
    await eventually(
      async () => other.received,
      ({ length }) => length === 2,
    );
    expect(other.received).toEqual(['Can you hear me?', 'I can.']);
    await other.leave();
    await page.evaluate(() => me.logOut());
    expect(await endsOf(page)).toEqual([{ reason: 'logged_out' }]);
    expect(await open.context.cookies()).toEqual([]);
    expect(open.faults).toEqual([]);
  });

  it('reaches nothing from a page of an origin that is not allowed', async () => {
    const { mobile } = await test.api.createUser();
    const page = await load(`http://stranger.localhost:${pages.port}`);
    await expect(logIn(page, mobile)).rejects.toThrow('No answer came');
    expect(await refusal(page, 'read')).toEqual({ status: 0, code: 'unreachable' });
  });

  it('is told once by which device it was displaced, and never logs in again', async () => {
    const { page, requests, faults } = open;
    const { mobile } = await test.api.createUser();
    const [origin] = origins();
    await page.clock.install();
    await load(origin);
    await logIn(page, mobile);
    await connect(page);
    const winner = (await test.api.login(mobile, PHONE)).body;
    const device = { name: 'Safari on iOS', class: 'mobile' };
    const displaced = [{ reason: 'displaced', endedBy: { sessionId: winner.session.id, device } }];
    expect(await endsOf(page)).toMatchObject(displaced);
    const before = requests.length;
    expect(await refusal(page, 'send')).toMatchObject({ code: 'closed' });
    expect(await refusal(page, 'connect')).toMatchObject({ code: 'authentication_required' });
    expect((await page.evaluate(() => me.api.GET('/v1/users/me'))).error).toMatchObject({ status: 401 });
    expect(await page.evaluate(() => [me.sessionToken, live.connected])).toEqual([null, false]);
    // Whatever it may have put off has its time, and one call more sees the way of the others.
    await page.clock.fastForward(3_600_000);
    await page.evaluate(() => me.api.GET('/v1/users/me'));
    expect(requests.slice(before)).toEqual([
      `GET ${test.url}/v1/sessions/current`,
      `GET ${test.url}/v1/users/me`,
      `GET ${test.url}/v1/users/me`,
    ]);
    expect(requests.filter((request) => request === `POST ${test.url}/v1/sessions`)).toHaveLength(1);
    expect(await page.evaluate(() => ends)).toMatchObject(displaced);
    expect((await test.api.current(winner.token)).status).toBe(200);
    // What Chromium itself says of a 401.
    expect(faults).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('status of 401')));
  });

  it('hands on once and in order what was said while it was offline', async () => {
    const { context, faults } = open;
    const [{ id, mobile }, third] = [await test.api.createUser(), await test.api.createUser()];
    const other = await friend();
    const page = await load(origins()[0]);
    await logIn(page, mobile);
    await connect(page);
    await other.connection.send(id, '1');
    expect(await texts(page, 1)).toEqual(['1']);
    await context.setOffline(true);
    expect(await connected(page, false)).toBe(false);
    const missed = ['2', '3', '4', '5', '6', '7', '8'];
    for (const text of missed) await other.connection.send(id, text);
    await page.evaluate((to) => void (globalThis.sending = live.send(to, 'mine')), third.id);
    expect(await refusal(page, 'read')).toMatchObject({ status: 0, code: 'unreachable' });
    expect(await texts(page, 1)).toEqual(['1']);
    await context.setOffline(false);
    expect(await page.evaluate(() => sending)).toMatchObject({ seq: 1, text: 'mine' });
    const heardNow = await texts(page, 9);
    expect(heardNow.filter((text) => text !== 'mine')).toEqual(['1', ...missed]);
    await other.connection.send(id, '9');
    expect(await texts(page, 10)).toEqual([...heardNow, '9']);
    expect(heardNow.filter((text) => text === 'mine')).toHaveLength(1);
    expect(await page.evaluate(() => ends)).toEqual([]);
    await other.leave();
    // What Chromium itself says of a request that finds no line.
    expect(faults.filter((fault) => !fault.includes('net::ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });

  it('learns that it was displaced when it comes back', async () => {
    const { context, requests } = open;
    const { mobile } = await test.api.createUser();
    const page = await load(origins()[0]);
    await logIn(page, mobile);
    await connect(page);
    await context.setOffline(true);
    await connected(page, false);
    const winner = (await test.api.login(mobile, PHONE)).body;
    await context.setOffline(false);
    const displaced = [{ reason: 'displaced', endedBy: { sessionId: winner.session.id } }];
    expect(await endsOf(page)).toMatchObject(displaced);
    expect(requests.filter((request) => request === `POST ${test.url}/v1/sessions`)).toHaveLength(1);
    expect((await test.api.current(winner.token)).status).toBe(200);
  });

  it('goes on after a reload with the token that the page has kept', async () => {
    const { id, mobile } = await test.api.createUser();
    const other = await friend();
    const [origin] = origins();
    const page = await load(origin);
    const token = await logIn(page, mobile);
    await connect(page);
    await other.connection.send(id, '1');
    expect(await texts(page, 1)).toEqual(['1']);
    await page.evaluate(() => sessionStorage.setItem('token', me.sessionToken!));
    await page.reload();
    await other.connection.send(id, '2');
    const kept = await page.evaluate(() => sessionStorage.getItem('token')!);
    expect(kept).toBe(token);
    await load(origin, { token: kept });
    await connect(page, { [other.id]: 1 });
    expect(await texts(page, 1)).toEqual(['2']);
    await other.leave();
    expect(open.faults).toEqual([]);
  });

  it('goes on after a reload by the cookie, in a page of the own origin', async () => {
    const { id, mobile } = await test.api.createUser();
    const other = await friend();
    const own = `http://127.0.0.1:${pages.port}`;
    const page = await load(own, { baseUrl: own });
    await logIn(page, mobile);
    await load(own, { baseUrl: own });
    expect(await page.evaluate(() => me.sessionToken)).toBeNull();
    expect(await page.evaluate(() => me.api.GET('/v1/users/me').then(({ data }) => data?.id))).toBe(id);
    await connect(page);
    await other.connection.send(id, 'Still there?');
    expect(await texts(page, 1)).toEqual(['Still there?']);
    expect(await page.evaluate((to) => live.send(to, 'Yes.'), other.id)).toMatchObject({ seq: 2 });
    await other.leave();
    await page.evaluate(() => me.logOut());
    expect((await open.context.cookies()).map(({ name }) => name)).toEqual(['device']);
    expect(open.faults).toEqual([]);
  });
});
