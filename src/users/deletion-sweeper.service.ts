import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore } from '../accounts/index.js';
import { Clock, Sweeper } from '../common/index.js';
import { decideDueDeletion } from './deletion.decider.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;

/** Deletes accounts whose holders have asked for it and have not cancelled it. Any number of nodes may sweep: the account's commit decides. */
@Injectable()
export class DeletionSweeper extends Sweeper {
  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.rounds.settleAll(BATCH, {
      list: (limit) => this.store.listToDelete(now, limit),
      keyOf: (userId) => userId,
      settle: (userId) => this.delete(userId, now),
    });
  }

  /** False where nothing came of it. */
  private async delete(userId: string, now: Date): Promise<boolean> {
    try {
      const done = await this.accounts.changeIfThere(userId, (account) => decideDueDeletion(account, now));
      return done?.settled ?? false;
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'an account not deleted that is due; it will be tried once more');
      return false;
    }
  }
}
