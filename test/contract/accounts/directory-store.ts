import { randomInt } from 'node:crypto';
import { isEnded, type Account, type DeviceClass, type Session } from '../../../src/accounts/index.js';
import type { DirectoryQuery } from '../../../src/admin/index.js';
import { at, aSession, ending, starting, storedAccount } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const ANY: DirectoryQuery = { state: 'all', userId: null, ip: null, deviceClass: null, before: null, limit: 100 };

describe.each(ENGINES)('%s: directory store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  let asha: Account;
  let ravi: Account;
  /** An address of its own for each test. */
  let ip: string;
  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  beforeEach(async () => {
    asha = await storedAccount(one);
    ravi = await storedAccount(one);
    ip = `2001:db8::${randomInt(0xffff).toString(16)}:${randomInt(0xffff).toString(16)}`;
  });
  afterAll(() => close());

  async function start({ id }: Account, deviceClass: DeviceClass = 'mobile'): Promise<Session> {
    const { device, ...session } = aSession({ userId: id, ip });
    const started = { ...session, device: { ...device, class: deviceClass } };
    await one.accounts.change(id, starting(started));
    return started;
  }
  const end = ({ userId, id }: Session) => one.accounts.change(userId, ending([id], at(9)));
  const drain = async () => {
    for (const { id } of [asha, ravi]) await one.drain(id);
  };
  const list = async (query: Partial<DirectoryQuery> = {}) =>
    (await two.directory.listSessions({ ...ANY, ip, ...query })).map(({ id }) => id);

  describe.each(['before the events are handed on', 'afterwards'])('listSessions %s', (when) => {
    const settle = () => (when === 'afterwards' ? drain() : Promise.resolve());

    it('gives the sessions of all users, newest first, live and ended', async () => {
      const sessions = [await start(asha), await start(ravi), await start(asha), await start(ravi)];
      await settle();
      await end(sessions[1]!);
      await end(sessions[2]!);
      await settle();
      const ids = sessions.map(({ id }) => id).reverse();
      expect(await list()).toEqual(ids);
      expect(await list({ state: 'live' })).toEqual([ids[0], ids[3]]);
      expect(await list({ state: 'ended' })).toEqual([ids[1], ids[2]]);
      expect(await list({ limit: 3 })).toEqual(ids.slice(0, 3));
      expect(await list({ before: ids[1]!, limit: 1 })).toEqual([ids[2]]);
      expect(await list({ before: ids[3]! })).toEqual([]);
      const found = await two.directory.listSessions({ ...ANY, ip });
      expect(found.map((session) => isEnded(session) && session.endReason)).toEqual([
        false,
        'logged_out',
        'logged_out',
        false,
      ]);
    });

    it('narrows by user, address and class of device, and by all of them', async () => {
      const [phone, laptop] = [await start(asha, 'mobile'), await start(asha, 'desktop')];
      const other = await start(ravi, 'desktop');
      await end(laptop);
      await settle();
      expect(await list({ userId: asha.id, ip: null })).toEqual([laptop.id, phone.id]);
      expect(await list({ deviceClass: 'desktop' })).toEqual([other.id, laptop.id]);
      expect(await list({ deviceClass: 'desktop', state: 'ended' })).toEqual([laptop.id]);
      expect(await list({ deviceClass: 'desktop', state: 'live', userId: ravi.id })).toEqual([other.id]);
      expect(await list({ deviceClass: 'desktop', state: 'live', userId: asha.id })).toEqual([]);
      expect(await list({ ip: '203.0.113.99' })).toEqual([]);
      const tablets = await two.directory.listSessions({ ...ANY, deviceClass: 'tablet' });
      expect(tablets).toEqual([]);
    });
  });

  it('misses none and shows none twice while sessions come, go and are handed on', async () => {
    const kept = await start(asha);
    const going: Session[] = [];
    for (let i = 0; i < 20; i++) going.push(await start(i % 2 ? asha : ravi));
    const ids = [kept, ...going].map(({ id }) => id).reverse();
    for (const session of going) {
      const churn = end(session).then(() => one.drain(session.userId));
      const lists = await Promise.all([list(), list(), list(), churn]);
      expect(lists.slice(0, 3)).toEqual([ids, ids, ids]);
    }
    expect(await list({ state: 'live' })).toEqual([kept.id]);
  });

  it('counts the live sessions, once their events have been handed on', async () => {
    await drain();
    const before = await two.sessions.countLive();
    const sessions = [await start(asha), await start(asha), await start(ravi)];
    await end(sessions[0]!);
    await end(sessions[0]!);
    await drain();
    expect(await two.sessions.countLive()).toBe(before + 2);
    for (const session of sessions) await end(session);
    await drain();
    expect(await two.sessions.countLive()).toBe(before);
  });
});
