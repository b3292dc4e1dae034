import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Delivery, DeliveryState, Outcome } from '../../../src/delivery/index.js';
import { aDelivery, at, NOW } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const LEASE = 30;
const DELIVERED: Outcome = { state: 'delivered' };
const DEAD: Outcome = { state: 'dead', lastError: 'answered 500' };
const retryAt = (seconds: number): Outcome => ({
  state: 'pending',
  nextAttemptAt: at(seconds),
  lastError: 'timeout',
});
const idsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ id }) => id);

describe.each(ENGINES)('%s: delivery store', (engine) => {
  let close: () => Promise<void>;
  /** Two processes on one store. */
  let one: TestStorage;
  let two: TestStorage;
  let target: string;

  beforeAll(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  beforeEach(() => {
    target = randomUUID();
  });
  afterAll(() => close());

  const add = async (given: Partial<Delivery> = {}): Promise<Delivery> => {
    const delivery = aDelivery({ target, ...given });
    await one.deliveries.add([delivery]);
    return delivery;
  };
  const claim = (seconds = 0, limit = 10, storage = one) =>
    storage.deliveries.claim(target, at(seconds), at(seconds + LEASE), limit);
  const settle = (claimed: Delivery, outcome: Outcome, seconds = 1) =>
    one.deliveries.settle(claimed, outcome, at(seconds));
  const list = (state: DeliveryState, before: string | null = null, limit = 100) =>
    one.deliveries.list(target, { state, before, limit });
  const claimOne = async (seconds = 0): Promise<Delivery> => {
    const [claimed] = await claim(seconds, 1);
    expect(claimed).toBeDefined();
    return claimed!;
  };

  describe('add', () => {
    it('keeps the whole delivery', async () => {
      const delivery = await add();
      expect(await list('pending')).toEqual([delivery]);
    });

    it('leaves one that is there already as it is, also among racing ones and after it was delivered', async () => {
      const delivery = await add();
      await Promise.all([one, two].map(({ deliveries }) => deliveries.add([{ ...delivery, payload: '{}' }])));
      expect(await list('pending')).toEqual([delivery]);
      await settle(await claimOne(), DELIVERED);
      await add({ ...delivery });
      expect(await claim(100)).toEqual([]);
      expect(await list('delivered')).toHaveLength(1);
    });
  });

  describe('claim', () => {
    it('gives what is due, counts the try and names the end of the lease', async () => {
      const [due, later, foreign] = [
        await add(),
        await add({ nextAttemptAt: at(60) }),
        await add({ target: randomUUID() }),
      ];
      expect(await claim()).toEqual([{ ...due, attempts: 1, nextAttemptAt: at(LEASE) }]);
      expect(idsOf(await claim(60))).toEqual(expect.arrayContaining([later.id]));
      expect(idsOf(await list('pending'))).not.toContain(foreign.id);
    });

    it('gives the longest due first and no more than asked for', async () => {
      const [young, old] = [await add({ nextAttemptAt: at(2) }), await add({ nextAttemptAt: at(1) })];
      expect(idsOf(await claim(5, 1))).toEqual([old.id]);
      expect(idsOf(await claim(5, 1))).toEqual([young.id]);
      expect(await claim(5, 1)).toEqual([]);
    });

    it('gives each to one of those who race for it', async () => {
      const ids = new Set<string>();
      for (let count = 0; count < 20; count++) ids.add((await add()).id);
      const rounds = Array.from({ length: 12 }, (_, index) => claim(0, 5, index % 2 === 0 ? one : two));
      const claimed = (await Promise.all(rounds)).flatMap(idsOf);
      expect(new Set(claimed).size).toBe(claimed.length);
      for (let more = await claim(); more.length > 0; more = await claim()) claimed.push(...idsOf(more));
      expect(claimed.sort()).toEqual([...ids].sort());
    });

    it('gives what nobody settled again once the lease has run out, and not before', async () => {
      const { id } = await add();
      const first = await claimOne();
      expect(await claim(LEASE - 1, 1, two)).toEqual([]);
      expect(await claim(LEASE, 1, two)).toEqual([{ ...first, attempts: 2, nextAttemptAt: at(2 * LEASE) }]);
      expect(first.id).toBe(id);
    });

    it('gives of a lane only the first, and the next once it has arrived or died', async () => {
      const lane = uuidv7();
      const events = [await add({ lane }), await add({ lane }), await add({ lane }), await add({ lane })];
      const other = await add();
      const first = await claim();
      expect(idsOf(first).sort()).toEqual([events[0]!.id, other.id].sort());
      expect(await claim(5)).toEqual([]);
      await settle(
        first.find(({ id }) => id === events[0]!.id)!,
        DELIVERED,
        5,
      );
      const second = await claimOne(5);
      expect(second.id).toBe(events[1]!.id);
      await settle(second, DEAD, 6);
      const third = await claimOne(6);
      expect(third.id).toBe(events[2]!.id);
      await settle(third, retryAt(600), 7);
      expect(await claim(599)).toMatchObject([{ id: other.id }]);
      expect(await claimOne(600)).toMatchObject({ id: events[2]!.id, attempts: 2 });
    });

    it('keeps the order of a lane that two processes add to and claim from', async () => {
      const lane = uuidv7();
      const events = Array.from({ length: 12 }, () => aDelivery({ target, lane }));
      // As two drains of one outbox do: each adds all, in their order.
      const drain = async ({ deliveries }: TestStorage) => {
        for (const event of events) await deliveries.add([event]);
      };
      const sent: string[] = [];
      const work = async (storage: TestStorage) => {
        for (let seconds = 0; sent.length < events.length && seconds < 2000; seconds++) {
          for (const claimed of await claim(seconds, 3, storage)) {
            sent.push(claimed.id);
            expect(await storage.deliveries.settle(claimed, DELIVERED, at(seconds))).toBe(true);
          }
        }
      };
      await Promise.all([drain(one), drain(two), work(one), work(two)]);
      expect(sent).toEqual(idsOf(events));
    });

    it('is not held up by a long lane behind one that waits', async () => {
      const lane = uuidv7();
      await add({ lane });
      for (let count = 0; count < 100; count++) await add({ lane });
      await settle(await claimOne(), retryAt(600), 1);
      const { id } = await add({ nextAttemptAt: at(2) });
      let found: string[] = [];
      for (let looks = 0; looks < 40 && !found.includes(id); looks++) found = idsOf(await claim(2, 1));
      expect(found).toEqual([id]);
    });
  });

  describe('settle', () => {
    it('keeps what was delivered, what is to be tried again and what died apart', async () => {
      await add();
      await settle(await claimOne(), DELIVERED, 1);
      expect(await list('delivered')).toMatchObject([{ since: at(1), lastError: null, attempts: 1 }]);
      await add();
      await settle(await claimOne(), retryAt(40), 2);
      expect(await list('pending')).toMatchObject([
        { since: NOW, nextAttemptAt: at(40), lastError: 'timeout', attempts: 1 },
      ]);
      await settle(await claimOne(40), DEAD, 41);
      expect(await list('dead')).toMatchObject([{ since: at(41), lastError: 'answered 500', attempts: 2 }]);
      expect(await list('pending')).toEqual([]);
    });

    it('changes nothing for a claimer whose lease has run out and whose delivery another has', async () => {
      await add();
      const [late, present] = [await claimOne(), await claimOne(LEASE)];
      expect(await settle(late, DEAD, LEASE + 1)).toBe(false);
      expect(await list('dead')).toEqual([]);
      expect(await settle(present, DELIVERED, LEASE + 2)).toBe(true);
      expect(await settle(present, DEAD, LEASE + 3)).toBe(false);
      expect(await list('delivered')).toHaveLength(1);
    });
  });

  describe('list', () => {
    it('pages through all of a state, newest first, also those of one moment', async () => {
      for (let index = 0; index < 7; index++) await add({ at: at(index < 4 ? 3 : index) });
      const all = await list('pending');
      expect(all.map(({ at }) => at.getTime())).toEqual(all.map(({ at }) => at.getTime()).sort((a, b) => b - a));
      const paged: string[] = [];
      for (let page = await list('pending', null, 3); page.length > 0;) {
        paged.push(...idsOf(page));
        page = await list('pending', page.at(-1)!.id, 3);
      }
      expect(paged).toEqual(idsOf(all));
      expect(paged).toHaveLength(7);
      expect(await list('pending', randomUUID())).toEqual([]);
    });
  });

  describe('redeliver', () => {
    it('makes a dead one due again with all its tries, and it neither waits for its lane nor holds it up', async () => {
      const lane = uuidv7();
      const { id } = await add({ lane });
      await settle(await claimOne(), DEAD);
      const { id: next } = await add({ lane });
      expect(await one.deliveries.redeliver(target, id, at(5))).toBe(true);
      const claimed = await claim(5);
      expect(idsOf(claimed).sort()).toEqual([id, next].sort());
      expect(claimed.find((delivery) => delivery.id === id)).toMatchObject({ attempts: 1, since: at(5) });
      expect(await list('dead')).toEqual([]);
    });

    it('is false for one that is not dead, is of another target or never was', async () => {
      const { id } = await add();
      expect(await one.deliveries.redeliver(target, id, at(5))).toBe(false);
      await settle(await claimOne(), DEAD);
      expect(await one.deliveries.redeliver(randomUUID(), id, at(5))).toBe(false);
      expect(await one.deliveries.redeliver(target, randomUUID(), at(5))).toBe(false);
      expect(idsOf(await list('dead'))).toEqual([id]);
    });
  });

  describe('removeTarget', () => {
    it('drops all that the target has, and nothing else', async () => {
      const foreign = await add({ target: randomUUID() });
      await add();
      await one.deliveries.removeTarget(target);
      expect(await list('pending')).toEqual([]);
      expect(await one.deliveries.list(foreign.target, { state: 'pending', before: null, limit: 9 })).toHaveLength(1);
    });
  });

  describe('tidy', () => {
    const tidy = (before: Partial<Record<DeliveryState, Date>>, limit = 100, of: string | null = null) =>
      one.deliveries.tidy(
        of,
        { pending: new Date(0), delivered: new Date(0), dead: new Date(0), ...before },
        at(9),
        limit,
      );

    it('drops old delivered and dead ones, and gives up what waits for too long', async () => {
      const [delivered, dead] = [await add({ since: at(-50) }), await add({ since: at(-50) })];
      for (const claimed of await claim()) await settle(claimed, claimed.id === dead.id ? DEAD : DELIVERED, -20);
      const [old, young] = [await add({ since: at(-50) }), await add()];
      await tidy({ pending: at(-10) });
      expect(await list('pending')).toEqual([young]);
      expect(idsOf(await list('dead')).sort()).toEqual([dead.id, old.id].sort());
      expect((await list('dead')).find(({ id }) => id === old.id)).toMatchObject({
        since: at(9),
        lastError: 'never tried',
      });
      await tidy({ delivered: at(-10) });
      expect(idsOf(await list('delivered'))).not.toContain(delivered.id);
      await tidy({ dead: at(-10) });
      expect(idsOf(await list('dead'))).toEqual([old.id]);
    });

    it('leaves other targets alone where one is named', async () => {
      const all = { pending: at(1000), delivered: at(1000), dead: at(1000) };
      const foreign = await add({ target: randomUUID() });
      for (const outcome of [DEAD, DELIVERED]) {
        await add();
        await settle(await claimOne(), outcome);
      }
      const waiting = await add();
      expect(await tidy({ ...all, dead: new Date(0) }, 100, foreign.target)).toBe(1);
      const foreignDead = { state: 'dead', before: null, limit: 9 } as const;
      expect(idsOf(await one.deliveries.list(foreign.target, foreignDead))).toEqual([foreign.id]);
      expect(idsOf(await list('pending'))).toEqual([waiting.id]);
      expect([await list('dead'), await list('delivered')].map(({ length }) => length)).toEqual([1, 1]);
      expect(await tidy({ dead: at(1000) }, 100, foreign.target)).toBe(1);
      expect(await one.deliveries.list(foreign.target, foreignDead)).toEqual([]);
      expect(await list('dead')).toHaveLength(1);
    });

    it('takes no more than it is told to at once, and says how many', async () => {
      const all = { pending: at(1000), delivered: at(1000), dead: at(1000) };
      while ((await tidy(all)) > 0);
      for (let count = 0; count < 5; count++) await add();
      expect(await tidy({ pending: at(1) }, 3)).toBe(3);
      expect(await tidy({ pending: at(1) }, 3)).toBe(2);
      expect(await tidy({ pending: at(1) }, 3)).toBe(0);
    });
  });
});
