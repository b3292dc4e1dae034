import { v7 as uuidv7 } from 'uuid';
import type { Erasure } from '../../../src/personal-data/index.js';
import { at, NOW } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: erasure store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  beforeEach(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  afterEach(async () => {
    await storage.close();
    await store.dispose();
  });

  const put = async (seconds: number, userId = uuidv7()): Promise<Erasure> => {
    const erasure = { userId, deletedAt: NOW, dueAt: at(seconds) };
    await storage.erasures.put(erasure);
    return erasure;
  };

  it('lists what is due, the longest due first, at most so many', async () => {
    const [late, soon, later] = [await put(20), await put(10), await put(30)];
    expect(await storage.erasures.listDue(at(9), 10)).toEqual([]);
    expect(await storage.erasures.listDue(at(20), 10)).toEqual([soon, late]);
    expect(await storage.erasures.listDue(at(99), 2)).toEqual([soon, late]);
    expect(await storage.erasures.listDue(at(99), 10)).toEqual([soon, late, later]);
  });

  it('keeps one for each account, the one put last', async () => {
    const { userId } = await put(10);
    const moved = await put(20, userId);
    expect(await storage.erasures.listDue(at(10), 10)).toEqual([]);
    expect(await storage.erasures.listDue(at(20), 10)).toEqual([moved]);
    const racing = uuidv7();
    await Promise.all(Array.from({ length: 10 }, () => put(5, racing)));
    expect(await storage.erasures.listDue(at(5), 10)).toHaveLength(1);
  });

  it('adds one only where the account has none', async () => {
    const first = { userId: uuidv7(), deletedAt: NOW, dueAt: at(1) };
    await Promise.all(Array.from({ length: 10 }, () => storage.erasures.add(first)));
    expect(await storage.erasures.listDue(at(1), 10)).toEqual([first]);
    const moved = await put(20, first.userId);
    await storage.erasures.add(first);
    expect(await storage.erasures.listDue(at(99), 10)).toEqual([moved]);
  });

  it('removes one, and passes over one that is not there', async () => {
    const [one, two] = [await put(1), await put(2)];
    await storage.erasures.remove(one.userId);
    await storage.erasures.remove(one.userId);
    expect(await storage.erasures.listDue(at(9), 10)).toEqual([two]);
  });
});
