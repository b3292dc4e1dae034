import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { Clock, Rounds, StoreUnavailableError, Turns } from '../common/index.js';
import { Outbox } from '../outbox/index.js';
import { firstErasure, nextErasure, type Erasure } from './erasure.js';
import { ErasureStore } from './erasure.store.js';
import { PersonalData } from './personal-data.service.js';

const EVERY_MS = 60_000;
const BATCH = 100;
/** Somebody of whom very much is kept does not hold up the next. */
const AT_ONCE = 4;

/**
 * Erases what is kept of people whose accounts were deleted, at once and again later. The event leaves a row and nothing else,
 * for the outbox must go on; the row stays until all is erased, whoever dies meanwhile. Any number of nodes may erase the same
 * person at the same time.
 */
@Injectable()
export class Erasures implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Erasures.name);
  private readonly rounds = new Rounds(this.clock, EVERY_MS, () => this.sweep());
  private readonly turns = new Turns(AT_ONCE);
  /** Who is being erased here. */
  private readonly erasing = new Set<string>();

  constructor(
    private readonly store: ErasureStore,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    outbox.listen((event) => this.onEvent(event));
  }

  /** The first round comes at once: a process that ended may have left something. */
  onApplicationBootstrap(): void {
    this.rounds.startNow();
    this.rounds.start();
  }

  /** Nobody's erasure begins any more. The present ones break off: `PersonalData` sees to that. */
  beforeApplicationShutdown(): void {
    void this.rounds.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.turns.idle();
  }

  /** Resolves once nobody is being erased here who was due. */
  async idle(): Promise<void> {
    await this.rounds.idle();
    await this.turns.idle();
  }

  /** Begins with everybody who is due, and does not wait until they are erased. */
  async sweep(): Promise<void> {
    try {
      const now = this.clock.now();
      await this.rounds.settleAll(BATCH, {
        list: (limit) => this.store.listDue(now, limit),
        keyOf: ({ userId }) => userId,
        settle: (erasure) => this.begin(erasure),
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.logger.error({ err: error }, 'erasures not looked for');
    }
  }

  private async onEvent({ type, userId, at }: AccountEvent): Promise<void> {
    if (type !== 'user.deleted') return;
    await this.store.add(firstErasure(userId, at));
    this.rounds.startNow();
  }

  /** Begins with each once: where an erasure fails, the next round tries again. */
  private async begin(erasure: Erasure): Promise<boolean> {
    if (!this.erasing.has(erasure.userId)) await this.turns.begin(() => this.erase(erasure));
    return false;
  }

  private async erase(erasure: Erasure): Promise<void> {
    const { userId } = erasure;
    this.erasing.add(userId);
    try {
      await this.personalData.erase(userId);
      const next = nextErasure(erasure);
      await (next ? this.store.put(next) : this.store.remove(userId));
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'a deleted account not erased; it will be tried once more');
    } finally {
      this.erasing.delete(userId);
    }
  }
}
