import { v7 as uuidv7 } from 'uuid';
import { NOW, storedAccount } from '../../support/records.js';
import { slowLink, type SlowLink } from '../../support/faults.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

/** Of each answer of the server, in ms. */
const LATE_BY = 200;
const AT_ONCE = 30;
/** All one after the other would take 12 s; the limit is 2.5 s and the time of one. The rest is for slow machines. */
const WITHIN = 5000;

(ENGINES.includes('mongo') ? describe : describe.skip)('mongo: a store that answers late', () => {
  let store: TestStore;
  let link: SlowLink;
  let storage: TestStorage;
  beforeEach(async () => {
    store = newStore('mongo');
    link = await slowLink(store.settings.MONGODB_URI!);
    storage = await openStorage({ settings: { ...store.settings, MONGODB_URI: link.url } });
  });
  afterEach(async () => {
    await storage.close();
    await link.close();
    await store.dispose();
  });

  /** How many came about; the others are told in time that they did not. */
  async function succeeded(tries: readonly Promise<unknown>[]): Promise<number> {
    const since = performance.now();
    const settled = await Promise.allSettled(tries);
    expect(performance.now() - since).toBeLessThan(WITHIN);
    const refused = settled.filter(({ status }) => status === 'rejected');
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'store_unavailable' } });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(tries.length);
    return settled.length - refused.length;
  }

  it('keeps nobody in the line of a busy conversation, and stores nothing of whom it turned away', async () => {
    const [from, to] = [(await storedAccount(storage)).id, (await storedAccount(storage)).id];
    const draft = () => ({ id: uuidv7(), from, to, text: 'Hello', imageId: null, createdAt: NOW, readAt: null });
    await storage.messages.add(draft(), null);
    link.delay(LATE_BY);
    const stored = await succeeded(Array.from({ length: AT_ONCE }, () => storage.messages.add(draft(), null)));
    link.delay(0);
    await storage.messages.add(draft(), null);
    const seqs = (await storage.messages.listBetween(from, to, { after: 0, limit: 100 })).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: stored + 2 }, (_, index) => index + 1));
  });
});
