import { at, NOW } from '../../support/records.js';
import { openTwice, type TestStorage } from '../../support/storage.js';
import { ENGINES } from '../../support/stores.js';

const KEY = 'account:one';

describe.each(ENGINES)('%s: throttle store', (engine) => {
  let close: () => Promise<void>;
  let one: TestStorage;
  let two: TestStorage;

  beforeEach(async () => {
    ({ one, two, close } = await openTwice(engine));
  });
  afterEach(() => close());

  const add = (at: Date, expiresAt: Date, key = KEY) => one.throttles.add(key, at, expiresAt);
  const find = (at: Date, key = KEY) => two.throttles.find(key, at);

  describe('find', () => {
    it('returns null where nothing has failed', async () => {
      await add(NOW, at(60), 'account:two');
      expect(await find(NOW)).toBeNull();
    });

    it('returns null from the moment at which the counter expires', async () => {
      await add(NOW, at(60));
      expect(await find(at(59.999))).toEqual({ count: 1, lastAt: NOW });
      expect(await find(at(60))).toBeNull();
    });
  });

  describe('add', () => {
    it('counts each failure, and keeps the time and the expiry of the last', async () => {
      await add(NOW, at(60));
      await add(at(1), at(61));
      await add(at(2), at(62));
      expect(await find(at(61))).toEqual({ count: 3, lastAt: at(2) });
      expect(await find(at(62))).toBeNull();
    });

    it('loses none of 40 racing failures of a new key, from two processes', async () => {
      const racing = Array.from({ length: 40 }, (_, index) => (index % 2 ? one : two).throttles.add(KEY, NOW, at(60)));
      await Promise.all(racing);
      expect(await find(NOW)).toEqual({ count: 40, lastAt: NOW });
    });

    it('counts from one again where the counter has expired', async () => {
      await add(NOW, at(60));
      await add(NOW, at(60));
      await add(at(60), at(120));
      expect(await find(at(60))).toEqual({ count: 1, lastAt: at(60) });
    });

    it('loses none of 40 racing failures on a counter that has expired', async () => {
      for (let old = 0; old < 7; old++) await add(NOW, at(60));
      const racing = Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? one : two).throttles.add(KEY, at(90), at(150)),
      );
      await Promise.all(racing);
      expect(await find(at(90))).toEqual({ count: 40, lastAt: at(90) });
    });
  });

  describe('clear', () => {
    it('forgets the failures of that key alone, and passes over a key that has none', async () => {
      await add(NOW, at(60));
      await add(NOW, at(60), 'account:two');
      await one.throttles.clear(KEY);
      await one.throttles.clear(KEY);
      expect(await find(NOW)).toBeNull();
      expect(await find(NOW, 'account:two')).toEqual({ count: 1, lastAt: NOW });
      await add(at(1), at(61));
      expect(await find(at(1))).toEqual({ count: 1, lastAt: at(1) });
    });
  });

  describe('dropExpired', () => {
    it('drops, batch by batch, what has expired, and nothing else', async () => {
      for (let index = 0; index < 5; index++) await add(NOW, at(index < 4 ? 60 : 61), `account:${index}`);
      const drop = () => one.throttles.dropExpired(at(60), 3);
      expect([await drop(), await drop(), await drop()]).toEqual([3, 1, 0]);
      expect(await find(at(60), 'account:4')).toEqual({ count: 1, lastAt: NOW });
    });
  });
});
