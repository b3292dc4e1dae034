import { Clock } from '../common/index.js';
import type { Config } from '../config/index.js';
import { AuditSweeper } from './audit-sweeper.service.js';
import type { AuditStore } from './audit.store.js';

function sweeping(entries: number) {
  const log = { entries, steps: 0 };
  const store = {
    dropOlder: async (_: Date, limit: number) => {
      const dropped = Math.min(limit, log.entries);
      log.entries -= dropped;
      log.steps += 1;
      return dropped;
    },
  } as unknown as AuditStore;
  return { log, sweeper: new AuditSweeper(store, { auditDays: 365 } as Config, new Clock()) };
}

describe('AuditSweeper', () => {
  it('drops all that is old, in small steps', async () => {
    const { log, sweeper } = sweeping(1010);
    await sweeper.sweep();
    expect(log).toEqual({ entries: 0, steps: 11 });
  });

  it('lets others work after each step, and stops at shutdown', async () => {
    const { log, sweeper } = sweeping(1_000_000);
    const sweep = sweeper.sweep();
    await new Promise(setImmediate);
    await sweeper.onApplicationShutdown();
    await sweep;
    expect(log.steps).toBeLessThan(5);
  });
});
