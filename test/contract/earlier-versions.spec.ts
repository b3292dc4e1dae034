import { OutboxStore } from '../../src/outbox/index.js';
import type { Answer } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/clock.js';
import {
  EARLIER_VERSIONS,
  expectedOf,
  recordsOf,
  restore,
  type Expected,
  type ExpectedCall,
} from '../support/earlier-version.js';
import { eventually } from '../support/eventually.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { ENGINES, type TestStore } from '../support/stores.js';
import { WebhookAdmin } from '../support/webhooks.js';

const STORES = EARLIER_VERSIONS.flatMap((version) => ENGINES.map((engine) => ({ version, engine })));

describe.each(STORES)('$engine: a store that version $version has left', ({ version, engine }) => {
  let expected: Expected;
  let store: TestStore;
  let receiver: Receiver;
  let test: TestApp;

  /** At the moment when the store was left: what lasts minutes is still good. */
  const start = async () => {
    const settings = { WEBHOOK_ALLOW_PRIVATE: 'true', PUBLIC_URL: 'http://127.0.0.1:3000' };
    test = await startApp(engine, settings, store, TestClock.at(new Date(expected.writtenAt)));
    receiver = await startReceiver({ clock: test.clock });
  };
  const stop = async () => {
    await test.close();
    await receiver.close();
  };
  const settled = () => {
    const outbox = test.app.get(OutboxStore, { strict: false });
    return eventually(
      () => outbox.countWaiting(),
      (count) => count === 0,
    );
  };
  beforeAll(async () => {
    expected = expectedOf(version, engine);
    store = await restore(version, engine);
    await start();
  });
  afterAll(async () => {
    await stop();
    await store.dispose();
  });

  const ask = (method: string, { path, as, answer: _, ...options }: ExpectedCall) =>
    test.api.call(method, path, { ...options, ...(as && { token: expected.tokens[as] }) });

  it('answers for every session, device, notice, message and record as that version did', async () => {
    for (const call of expected.reads) {
      const { as, path, answer } = call;
      expect({ as, path, ...seenIn(await ask('GET', call)) }).toMatchObject({ as, path, ...seenIn(answer) });
    }
  });

  it('hands on the event that was waiting, once', async () => {
    const { userId, sessionId, token, holder } = expected.waiting;
    expect(await settled()).toBe(0);
    expect((await test.api.current(expected.tokens[token]!)).body.code).toBe('session_revoked_by_admin');
    const notices = await test.api.inbox(expected.tokens[holder]!, (kinds) => kinds.includes('session_revoked'));
    expect(notices.filter(({ kind }) => kind === 'session_revoked')).toHaveLength(1);
    const admin = { token: expected.tokens.admin! };
    const audit = await test.api.get(`/v1/admin/audit?userId=${userId}&type=session.ended`, admin);
    expect(audit.body.items).toMatchObject([{ details: { session: { id: sessionId } } }]);
    const activities = await test.api.get(`/v1/admin/sessions/${sessionId}/activities`, admin);
    expect(activities.body.items.map(({ type }: any) => type)).toEqual(['session.ended', 'session.started']);
  });

  it('delivers what was waiting, under its id and with its signature', async () => {
    const { off, told } = expected.webhooks;
    const hooks = new WebhookAdmin(test.api, expected.tokens.admin!);
    const waiting = await Promise.all([hooks.deliveries(off.id, 'pending'), hooks.deliveries(told.id, 'pending')]);
    expect(waiting.map(({ length }) => length)).toEqual([1, 1]);
    for (const { id, secret } of [off, told]) {
      receiver.verify(`/${id}`, secret);
      await hooks.call('PATCH', `/${id}`, { url: `${receiver.url}/${id}`, enabled: true });
    }
    test.clock.advance(60_000);
    for (const [index, { id }] of [off, told].entries()) {
      const received = await receiver.gets(1, `/${id}`);
      expect(received.map((one) => one.id)).toEqual(waiting[index]!.map((one: any) => one.id));
      await eventually(
        () => hooks.deliveries(id, 'pending'),
        ({ length }) => length === 0,
      );
    }
    const [news] = await receiver.gets(1, `/${told.id}`);
    expect(news!.body.data.session.id).toBe(expected.waiting.sessionId);
    expect(receiver.forged).toEqual([]);
  });

  it('changes nothing when it is started once more', async () => {
    await stop();
    const before = await recordsOf(store);
    await start();
    expect(await settled()).toBe(0);
    await stop();
    expect(await recordsOf(store)).toEqual(before);
    await start();
  });

  it('knows the password and the devices of everybody, and the codes, tickets and links that were open', async () => {
    const newDevices = async () => (await recordsOf(store)).notifications!.filter(({ kind }) => kind === 'new_device');
    const before = await newDevices();
    for (const call of expected.calls) {
      const { path, body: asked, answer } = call;
      expect({ path, asked, ...seenIn(await ask('POST', call)) }).toMatchObject({ path, asked, ...answer });
    }
    expect(await settled()).toBe(0);
    expect(await newDevices()).toEqual(before);
  });
});

/** Moves on with each use, or with the time. */
const MOVING = ['lastSeenAt', 'idleExpiresAt', 'durationSeconds', 'online', 'requestId'];
/** Words for people, that may be put better. */
const WORDS = ['type', 'title', 'detail', 'instance'];

/** What must stay of an answer, with lists in the order of ids where it depends on who was seen last. */
function seenIn({ status, body }: Pick<Answer, 'status' | 'body'>): Pick<Answer, 'status' | 'body'> {
  const passedOver = status < 400 ? MOVING : [...MOVING, ...WORDS];
  const still = (name: string, value: unknown): unknown => (passedOver.includes(name) ? undefined : inOrder(value));
  return { status, body: typeof body === 'object' ? JSON.parse(JSON.stringify(body, still)) : null };
}

function inOrder(value: unknown): unknown {
  if (!Array.isArray(value) || typeof value[0]?.id !== 'string') return value;
  return [...value].sort((a, b) => (a.id < b.id ? -1 : 1));
}
