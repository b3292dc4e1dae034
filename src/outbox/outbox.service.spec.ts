import { describe, expect, it } from '@jest/globals';
import { SYSTEM, type AccountEvent, type Accounts } from '../accounts/index.js';
import { Clock } from '../common/index.js';
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
    const outbox = new Outbox(store, new Clock(), accounts as Accounts);
    const seen: string[] = [];
    outbox.listen(async ({ id }) => void seen.push(id));
    commit('user-1');
    await new Promise(setImmediate);
    expect(seen).toEqual(['first', 'second']);
  });
});
