import { Injectable } from '@nestjs/common';
import { Accounts } from '../accounts/index.js';
import { Clock, Sweeper } from '../common/index.js';
import { Config } from '../config/index.js';
import { decideTimeouts } from './session-end.decider.js';
import { SessionHistoryStore } from './session-history.store.js';
import { SessionStore } from './session.store.js';

const EVERY_MS = 10_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Ends what nobody asks for any more, and drops history that is older than it is kept. Any number of nodes may sweep. */
@Injectable()
export class SessionSweeper extends Sweeper {
  constructor(
    private readonly sessions: SessionStore,
    private readonly history: SessionHistoryStore,
    private readonly accounts: Accounts,
    private readonly config: Config,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  async sweep(): Promise<void> {
    await this.endOverdue();
    await this.dropHistory();
  }

  private async endOverdue(): Promise<void> {
    const now = this.clock.now();
    await this.rounds.settleAll(BATCH, {
      list: (limit) => this.sessions.listOverdueUsers(now, limit),
      keyOf: (userId) => userId,
      settle: (userId) => this.endTimedOut(userId, now),
    });
  }

  /** False where nothing ended. */
  private async endTimedOut(userId: string, now: Date): Promise<boolean> {
    try {
      const { ended } = await this.accounts.change(userId, (account) => decideTimeouts(account, now));
      return ended > 0;
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'timeouts of a user not ended');
      return false;
    }
  }

  private async dropHistory(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.historyDays * DAY_MS);
    await this.rounds.drain(BATCH, () => this.history.dropEnded(before, BATCH));
  }
}
