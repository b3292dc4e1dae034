import { v7 as uuidv7 } from 'uuid';
import { at, aSession, ending, starting, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: last seen store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  /** Somebody with live sessions, the oldest first, that were used last in these minutes. */
  async function userSeen(...minutes: number[]) {
    const { id } = await storedAccount(storage);
    const sessions = minutes.map((minute) => aSession({ userId: id, lastSeenAt: at(minute) }));
    await storage.accountStore.change(id, starting(...sessions));
    return { id, ids: sessions.map((session) => session.id) };
  }
  const seen = async (id: string) => (await storage.lastSeen.list([id])).get(id) ?? null;

  it('is the latest use of any session, whichever it is', async () => {
    for (const minutes of [[5], [5, 9, 7], [9, 5], [5, 9]]) {
      const { id } = await userSeen(...minutes);
      expect(await seen(id)).toEqual(at(Math.max(...minutes)));
    }
  });

  it('moves with each use, and never back', async () => {
    const { id, ids } = await userSeen(5, 7);
    await storage.sessions.touch([{ userId: id, sessionId: ids[0]!, at: at(12) }]);
    expect(await seen(id)).toEqual(at(12));
    await storage.sessions.touch([{ userId: id, sessionId: ids[1]!, at: at(10) }]);
    expect(await seen(id)).toEqual(at(12));
  });

  it('counts what has ended, before and after its event is handed on, until its history is dropped', async () => {
    const { id, ids } = await userSeen(5, 7, 6);
    await storage.sessions.touch([{ userId: id, sessionId: ids[0]!, at: at(12) }]);
    await storage.accountStore.change(id, ending(ids.slice(0, 2), at(20)));
    expect(await seen(id)).toEqual(at(12));
    await storage.drain(id);
    expect(await seen(id)).toEqual(at(12));
    await storage.accountStore.change(id, ending(ids.slice(2), at(30)));
    await storage.drain(id);
    expect(await seen(id)).toEqual(at(12));
    while ((await storage.history.dropEnded(at(25), 100)) > 0);
    expect(await seen(id)).toEqual(at(6));
  });

  it('has an entry for each who has a session, and for nobody else', async () => {
    const [one, two, three] = [await userSeen(5), await userSeen(6, 8), await userSeen(7)];
    const { id: never } = await storedAccount(storage);
    await storage.accountStore.change(two.id, ending(two.ids, at(20)));
    await storage.drain(two.id);
    const found = await storage.lastSeen.list([two.id, never, one.id, uuidv7()]);
    expect(found).toEqual(
      new Map([
        [one.id, at(5)],
        [two.id, at(8)],
      ]),
    );
    expect(found.has(three.id)).toBe(false);
    expect(await storage.lastSeen.list([])).toEqual(new Map());
  });
});
