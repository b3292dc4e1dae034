import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { DeliveryState } from '../../../src/delivery/index.js';
import { aDelivery, at, NOW } from '../../support/records.js';
import { addMany, countLeft } from '../../support/many.js';
import { openStorage, type TestStorage } from '../../support/storage.js';
import { ENGINES, newStore, type TestStore } from '../../support/stores.js';

describe.each(ENGINES)('%s: person deliveries store', (engine) => {
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

  async function add(userId: string, target: string, state: DeliveryState = 'pending'): Promise<string> {
    const delivery = aDelivery({ userId, target });
    await storage.deliveries.add([delivery]);
    if (state === 'pending') return delivery.id;
    const [claimed] = await storage.deliveries.claim(target, NOW, at(30), 1);
    const outcome = state === 'dead' ? ({ state, lastError: 'gone' } as const) : ({ state } as const);
    await storage.deliveries.settle(claimed!, outcome, NOW);
    return delivery.id;
  }
  const idsOf = async (target: string) => {
    const states = ['pending', 'delivered', 'dead'] as const;
    const found = await Promise.all(
      states.map((state) => storage.deliveries.list(target, { state, before: null, limit: 100 })),
    );
    return found.flat().map(({ id }) => id);
  };

  it('removes what is for the person, and of the rest what is settled, a few at a time', async () => {
    const [userId, other] = [uuidv7(), uuidv7()];
    const [mail, hook] = [randomUUID(), randomUUID()];
    for (const state of ['dead', 'delivered', 'pending'] as const) await add(userId, mail, state);
    for (const state of ['dead', 'delivered'] as const) await add(userId, hook, state);
    const foreign = [await add(other, mail), await add(other, hook, 'dead')];
    const waiting = await add(userId, hook);
    const remove = () => storage.personDeliveries.remove(userId, [mail, 'none'], 2);
    expect([await remove(), await remove(), await remove(), await remove()]).toEqual([2, 2, 1, 0]);
    expect(await idsOf(mail)).toEqual([foreign[0]]);
    expect((await idsOf(hook)).sort()).toEqual([waiting, foreign[1]].sort());
  });

  it('lets nothing be settled that was removed while it was being sent', async () => {
    const [userId, mail] = [uuidv7(), randomUUID()];
    await add(userId, mail);
    const [claimed] = await storage.deliveries.claim(mail, NOW, at(30), 1);
    await storage.personDeliveries.remove(userId, [mail], 10);
    const retry = { state: 'pending', nextAttemptAt: at(5), lastError: 'answered 503' } as const;
    expect(await storage.deliveries.settle(claimed!, retry, at(1))).toBe(false);
    expect(await idsOf(mail)).toEqual([]);
  });
});

/** Only here: what MongoDB spends is not of this process. Its index is looked at with the session history's. */
describe('sqlite: person deliveries store', () => {
  it('does not walk over what stays', async () => {
    const store = newStore('sqlite');
    const storage = await openStorage(store);
    const cost = async (userId: string) => {
      const before = process.cpuUsage();
      while ((await storage.personDeliveries.remove(userId, ['mail'], 50)) > 0);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const [one, other] = [uuidv7(), uuidv7()];
    await addMany(store, 'waiting', other, '', 100_000);
    for (const userId of [one, other]) await addMany(store, 'deliveries', userId, '', 5000);
    const alone = await cost(one);
    expect(await cost(other)).toBeLessThan(10 * alone);
    expect([await countLeft(store, 'deliveries'), await countLeft(store, 'waiting')]).toEqual([0, 100_000]);
    await storage.close();
    await store.dispose();
  });
});
