import { Logger } from '@nestjs/common';
import { SYSTEM, type AccountEvent, type Accounts } from '../accounts/index.js';
import { failListener, holdListener } from '../../test/support/faults.js';
import { TestClock } from '../../test/support/clock.js';
import { eventually, passing } from '../../test/support/eventually.js';
import { Outbox } from './outbox.service.js';
import type { OutboxStore } from './outbox.store.js';

const event = (id: string): AccountEvent => ({
  id,
  userId: 'user-1',
  at: new Date(0),
  actor: SYSTEM,
  type: 'user.created',
});

describe('Outbox', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['error', 'warn']));

  it.each([...Array(10).keys()])('hands on what is committed %i steps after the last removal', async (steps) => {
    let waiting = [event('first')];
    let commit: (userId: string) => void = () => undefined;
    const commitLater = async () => {
      for (let step = 0; step < steps; step++) await Promise.resolve();
      waiting.push(event('second'));
      commit('user-1');
    };
    const store: OutboxStore = {
      list: async () => [...waiting],
      remove: async (_, ids) => {
        waiting = waiting.filter(({ id }) => !ids.includes(id));
        if (ids.includes('first')) void commitLater();
      },
      listUsersWaitingSince: async () => [],
      countWaiting: async () => 0,
    };
    const accounts = { onCommit: (listener: typeof commit) => void (commit = listener) };
    const outbox = new Outbox(store, new TestClock(), accounts as Accounts);
    const seen: string[] = [];
    outbox.listen(async ({ id }) => void seen.push(id));
    commit('user-1');
    await new Promise(setImmediate);
    expect(seen).toEqual(['first', 'second']);
  });

  it.each(['committed here', 'left by another process'])(
    'rescues the others while a listener takes long over what was %s',
    async (where) => {
      const waiting = new Set(['slow', 'user-1']);
      const store: OutboxStore = {
        list: async (userId) => (waiting.has(userId) ? [{ ...event(`of ${userId}`), userId }] : []),
        remove: async (userId) => void waiting.delete(userId),
        listUsersWaitingSince: async (_, behind) => (behind ? [] : [...waiting]),
        countWaiting: async () => waiting.size,
      };
      let commit: (userId: string) => void = () => undefined;
      const accounts = { onCommit: (listener: typeof commit) => void (commit = listener) };
      const clock = new TestClock();
      const outbox = new Outbox(store, clock, accounts as Accounts);
      let tries = 0;
      const finish = holdListener(outbox, 'slow');
      failListener(outbox, ({ userId }) => userId !== 'slow' && ++tries === 1);
      if (where === 'committed here') commit('slow');
      outbox.onApplicationBootstrap();
      // Handed on in the first round in vain, and again in the second.
      const left = await eventually(
        passing(clock, 2000, async () => [...waiting]),
        ({ length }) => length === 1,
      );
      expect(left).toEqual(['slow']);
      finish();
      await outbox.onApplicationShutdown();
      expect([waiting.size, tries]).toEqual([0, 2]);
    },
  );

  it('rescues everybody in one round, also behind hundreds whose events no listener takes', async () => {
    const waiting = new Set(Array.from({ length: 350 }, (_, i) => `user-${String(i).padStart(3, '0')}`));
    const stuck = [...waiting].slice(0, 250);
    const store: OutboxStore = {
      list: async (userId) => (waiting.has(userId) ? [{ ...event(`of ${userId}`), userId }] : []),
      remove: async (userId) => void waiting.delete(userId),
      listUsersWaitingSince: async (_, behind, limit) =>
        [...waiting].filter((userId) => userId > (behind ?? '')).slice(0, limit),
      countWaiting: async () => waiting.size,
    };
    const outbox = new Outbox(store, new TestClock(), { onCommit: () => undefined } as unknown as Accounts);
    failListener(outbox, ({ userId }) => stuck.includes(userId));
    outbox.onApplicationBootstrap();
    await eventually(
      async () => waiting.size,
      (size) => size === 250,
    );
    await outbox.onApplicationShutdown();
    expect([...waiting]).toEqual(stuck);
  });
});
