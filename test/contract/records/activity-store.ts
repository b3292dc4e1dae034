import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { Activity } from '../../../src/activity/index.js';
import { at, NOW, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

const idsOf = (activities: readonly Activity[]) => activities.map(({ id }) => id);
const newestFirst = (a: Activity, b: Activity) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

describe.each(ENGINES)('%s: activity store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let userId: string;
  let sessionId: string;

  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  beforeEach(async () => {
    ({ id: userId } = await storedAccount(storage));
    sessionId = uuidv7();
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  const add = async (given: Partial<Activity> = {}): Promise<Activity> => {
    const activity = { id: uuidv7(), userId, sessionId, type: 'page.viewed', data: null, at: NOW, ...given };
    await storage.activities.add(activity);
    return activity;
  };
  const list = (before: string | null = null, limit = 100, of = sessionId) =>
    storage.activities.list(of, { before, limit });
  const listOfUser = (before: string | null = null, limit = 100, of = userId) =>
    storage.activities.listOfUser(of, { before, limit });

  it('keeps an activity whole, whatever the members of its data are called', async () => {
    const data = { $set: { a: [1, null, 'ñ " 字'] }, 'a.b': { then: true, length: 3, $ne: '' }, '': {}, _id: 'x' };
    const [full, bare, empty] = [await add({ data }), await add({ at: at(1) }), await add({ data: {}, at: at(2) })];
    expect(await list()).toEqual([empty, bare, full]);
    expect(await listOfUser()).toEqual([empty, bare, full]);
  });

  it('leaves one that is there already as it is, also among racing ones', async () => {
    const activity = await add({ data: { first: true } });
    await Promise.all(Array.from({ length: 10 }, () => add({ ...activity, data: { first: false } })));
    expect(await list()).toEqual([activity]);
  });

  it('takes one back, and passes over one that is not there', async () => {
    const [one, two] = [await add(), await add({ at: at(1) })];
    await storage.activities.remove(two.id);
    await storage.activities.remove(two.id);
    expect(await list()).toEqual([one]);
  });

  it('lists those of the session, and those of all sessions of the user', async () => {
    const other = await storedAccount(storage);
    const foreign = await add({ userId: other.id, sessionId: uuidv7() });
    const [here, there] = [await add(), await add({ sessionId: uuidv7(), at: at(5) })];
    expect(await list()).toEqual([here]);
    expect(await listOfUser()).toEqual([there, here]);
    expect(await listOfUser(null, 100, other.id)).toEqual([foreign]);
    expect(await list(null, 100, uuidv7())).toEqual([]);
    expect(await listOfUser(null, 100, uuidv7())).toEqual([]);
  });

  it('pages through each once, newest first, also where many are of one moment', async () => {
    const added: Activity[] = [];
    // Ids that derive from events are not in the order of time.
    for (let i = 0; i < 13; i++) added.push(await add({ id: uuidv4(), at: at(i < 10 ? 3 : i) }));
    const ids = idsOf([...added].sort(newestFirst));
    for (const read of [list, listOfUser]) {
      expect(idsOf(await read())).toEqual(ids);
      for (const [i, before] of ids.entries()) expect(idsOf(await read(before, 3))).toEqual(ids.slice(i + 1, i + 4));
    }
  });

  it('is empty behind one that the session, or the user, does not have', async () => {
    const other = await storedAccount(storage);
    await add();
    const elsewhere = await add({ sessionId: uuidv7(), at: at(60) });
    const foreign = await add({ userId: other.id, sessionId: uuidv7(), at: at(60) });
    expect(await list(elsewhere.id)).toEqual([]);
    expect(await listOfUser(foreign.id)).toEqual([]);
    expect(await list(uuidv7())).toEqual([]);
  });

  it('removes all of a user, at most so many at a time, and nobody else’s', async () => {
    const other = await storedAccount(storage);
    const foreign = await add({ userId: other.id });
    for (let i = 0; i < 5; i++) await add({ sessionId: uuidv7() });
    const remove = () => storage.activities.removeOfUser(userId, 2);
    expect([await remove(), await remove(), await remove(), await remove()]).toEqual([2, 2, 1, 0]);
    expect(await listOfUser()).toEqual([]);
    expect(await listOfUser(null, 10, other.id)).toEqual([foreign]);
  });

  it('drops what is older, the oldest first, at most so many at a time', async () => {
    const long = -10 * 365 * 86_400;
    const old: Activity[] = [];
    for (const seconds of [2, 0, 1]) old.push(await add({ at: at(long + seconds) }));
    const kept = await add({ at: at(long + 3) });
    const drop = () => storage.activities.dropOlder(at(long + 3), 2);
    expect(await drop()).toBe(2);
    expect(idsOf(await list())).toEqual([kept.id, old[0]!.id]);
    expect([await drop(), await drop()]).toEqual([1, 0]);
    expect(await list()).toEqual([kept]);
  });
});
