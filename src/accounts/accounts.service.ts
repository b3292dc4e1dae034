import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { deadline, KeyedQueue } from '../common/index.js';
import type { Account } from './account.js';
import type { AccountEvent } from './account.events.js';
import { unchanged, type Decide } from './account-draft.js';
import { UserNotFoundError } from './account.errors.js';
import { AccountStore } from './account.store.js';

/** The one way to change an account: queues behind the account's other changes here, commits, then wakes the outbox. */
@Injectable()
export class Accounts {
  private readonly queue = new KeyedQueue();
  private readonly commits = new EventEmitter<{ committed: [userId: string, events: readonly AccountEvent[]] }>();

  constructor(private readonly store: AccountStore) {}

  async create(account: Account, events: readonly AccountEvent[]): Promise<void> {
    await this.store.create(account, events);
    this.commits.emit('committed', account.id, events);
  }

  /**
   * A decision that refuses throws its module's error, and nothing changes.
   * Throws `UserNotFoundError` where there is no such account, or it is deleted.
   */
  async change<R extends object>(userId: string, decide: Decide<R>): Promise<R> {
    const result = await this.changeIfThere(userId, decide);
    if (result === null) throw new UserNotFoundError();
    return result;
  }

  /** As `change`, but null where there is no such account, or it is deleted. */
  async changeIfThere<R extends object>(userId: string, decide: Decide<R>): Promise<R | null> {
    let events: readonly AccountEvent[] = [];
    const decideIfThere: Decide<R | null> = (account) => {
      const decision = account.deletedAt ? unchanged(null) : decide(account);
      events = decision.change?.events ?? [];
      return decision;
    };
    const giveUpAt = deadline();
    const change = () => this.store.change(userId, decideIfThere, giveUpAt);
    const result = await this.queue.run(userId, change, giveUpAt);
    if (events.length > 0) this.commits.emit('committed', userId, events);
    return result;
  }

  /** Called after each commit of this process that has events. Who must not miss one listens to the outbox. */
  onCommit(listener: (userId: string, events: readonly AccountEvent[]) => void): void {
    this.commits.on('committed', listener);
  }
}
