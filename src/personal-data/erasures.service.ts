import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { Clock, Rounds, StoreUnavailableError } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import { firstErasure, nextErasure, type Erasure } from './erasure.js';
import { ErasureStore } from './erasure.store.js';
import { PersonalData } from './personal-data.service.js';

const EVERY_MS = 60_000;
const BATCH = 100;

/** Listens: erases what is kept of a person whose account was deleted, and does so again later. Any number of nodes may. */
@Injectable()
export class Erasures implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Erasures.name);
  private readonly rounds = new Rounds(EVERY_MS, () => this.sweep());

  constructor(
    private readonly store: ErasureStore,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    outbox.listen((event) => this.onEvent(event));
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  async sweep(): Promise<void> {
    try {
      const now = this.clock.now();
      await this.rounds.settleAll(BATCH, {
        list: (limit) => this.store.listDue(now, limit),
        keyOf: ({ userId }) => userId,
        settle: (erasure) => this.eraseAgain(erasure),
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'erasures not looked for');
    }
  }

  /** The event stays in the outbox until all of it is done: a crash in between loses nothing. */
  private async onEvent({ type, userId, at }: AccountEvent): Promise<void> {
    if (type !== 'user.deleted') return;
    await this.store.put(firstErasure(userId, at));
    await this.personalData.erase(userId);
  }

  /** False where it failed. */
  private async eraseAgain(erasure: Erasure): Promise<boolean> {
    const { userId } = erasure;
    try {
      await this.personalData.erase(userId);
      const next = nextErasure(erasure);
      await (next ? this.store.put(next) : this.store.remove(userId));
      return true;
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'a deleted account not erased again; it will be tried once more');
      return false;
    }
  }
}
