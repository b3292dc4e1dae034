import { Logger } from '@nestjs/common';
import type { Accounts, Decide } from '../accounts/index.js';
import { aSession, anAccount, at } from '../../test/support/records.js';
import { Clock } from '../common/index.js';
import type { Config } from '../config/index.js';
import type { SessionHistoryStore } from './session-history.store.js';
import type { SessionStore } from './session.store.js';
import { SessionSweeper } from './session-sweeper.service.js';

Logger.overrideLogger(false);

/** `ends` says what comes of a user's change. */
function sweeping(users: string[], ends: (userId: string) => 'something' | 'nothing' | 'failure') {
  const overdue = new Set(users);
  const asked: string[] = [];
  const sessions = {
    listOverdueUsers: async (_: Date, limit: number) => [...overdue].slice(0, limit),
  } as unknown as SessionStore;
  const history = { dropEnded: async () => 0 } as unknown as SessionHistoryStore;
  const accounts = {
    change: async (userId: string, decide: Decide<object>) => {
      asked.push(userId);
      const outcome = ends(userId);
      if (outcome === 'failure') throw new Error('this account fails');
      const live = outcome === 'something' ? [aSession({ expiresAt: at(0) })] : [];
      if (live.length > 0) overdue.delete(userId);
      return decide(anAccount({ id: userId, live })).result;
    },
  } as unknown as Accounts;
  return {
    asked,
    overdue,
    sweeper: new SessionSweeper(sessions, history, accounts, { historyDays: 90 } as Config, new Clock()),
  };
}

const many = Array.from({ length: 250 }, (_, i) => `user-${i}`);

describe('SessionSweeper', () => {
  it('ends the timeouts of all others where one account fails', async () => {
    const { overdue, sweeper } = sweeping(many, (userId) => (userId === 'user-3' ? 'failure' : 'something'));
    await sweeper.sweep();
    expect([...overdue]).toEqual(['user-3']);
  });

  it('comes to an end where nothing can be ended', async () => {
    const { asked, sweeper } = sweeping(['a', 'b'], () => 'nothing');
    await sweeper.sweep();
    expect(asked).toEqual(['a', 'b']);
  });

  it('lets others work after each account, and stops at shutdown', async () => {
    const { asked, sweeper } = sweeping(many, () => 'something');
    const sweep = sweeper.sweep();
    await new Promise(setImmediate);
    expect(asked.length).toBeLessThan(5);
    await sweeper.onApplicationShutdown();
    await sweep;
    expect(asked.length).toBeLessThan(5);
  });
});
