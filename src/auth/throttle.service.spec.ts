import { Clock } from '../common/index.js';
import { Throttle } from './throttle.service.js';
import type { ThrottleStore } from './throttle.store.js';

function throttling(expired: number) {
  const log = { expired, steps: 0 };
  const store = {
    dropExpired: async (_: Date, limit: number) => {
      const dropped = Math.min(limit, log.expired);
      log.expired -= dropped;
      log.steps += 1;
      return dropped;
    },
  } as unknown as ThrottleStore;
  return { log, throttle: new Throttle(store, new Clock()) };
}

describe('Throttle', () => {
  it('drops all counters that have expired, however many', async () => {
    const { log, throttle } = throttling(5100);
    await throttle.sweep();
    expect(log).toEqual({ expired: 0, steps: 11 });
  });

  it('stops dropping them at shutdown', async () => {
    const { log, throttle } = throttling(10_000_000);
    const sweep = throttle.sweep();
    await new Promise(setImmediate);
    await throttle.onApplicationShutdown();
    await sweep;
    expect(log.steps).toBeLessThan(5);
  });
});
