import { v7 as uuidv7 } from 'uuid';
import type { Account } from '../../../src/accounts/index.js';
import { at, setting, storedAccount } from '../../support/records.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: people store', (engine) => {
  let store: TestStore;
  let storage: TestStorage;
  let asha: Account;
  let ravi: Account;
  beforeAll(async () => {
    store = newStore(engine);
    storage = await openStorage(store);
  });
  beforeEach(async () => {
    asha = await storedAccount(storage);
    ravi = await storedAccount(storage);
  });
  afterAll(async () => {
    await storage.close();
    await store.dispose();
  });

  const change = (account: Account, fields: Parameters<typeof setting>[0]) =>
    storage.accounts.change(account.id, setting(fields));

  it('lists the newest first, from the one before on, with their lock', async () => {
    await change(ravi, { lockedAt: at(1) });
    const [first, second] = await storage.people.list(null, 2);
    expect([first, second]).toMatchObject([{ id: ravi.id, lockedAt: at(1) }, { id: asha.id }]);
    expect(second).toMatchObject({ mobile: asha.mobile, role: 'user', lockedAt: null });
    const [next] = await storage.people.list(ravi.id, 1);
    expect(next!.id).toBe(asha.id);
  });

  it('finds those who are asked for, the locked too', async () => {
    await change(ravi, { lockedAt: at(1) });
    const found = await storage.people.find([asha.id, uuidv7(), ravi.id]);
    expect(new Map(found.map(({ id, lockedAt }) => [id, lockedAt]))).toEqual(
      new Map([
        [asha.id, null],
        [ravi.id, at(1)],
      ]),
    );
    expect(await storage.people.find([])).toEqual([]);
  });

  it('knows neither the deleted nor anything secret', async () => {
    await change(ravi, { deletedAt: at(1) });
    const [first] = await storage.people.list(null, 1);
    const found = await storage.people.find([asha.id, ravi.id]);
    expect([[first!.id], found.map(({ id }) => id)]).toEqual([[asha.id], [asha.id]]);
    for (const person of [first, ...found]) expect(Object.keys(person!)).not.toContain('passwordHash');
  });
});
