import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { AccountEvent } from '../accounts/index.js';
import { Clock, StoreUnavailableError } from '../common/index.js';
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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly store: ErasureStore,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
    outbox: Outbox,
  ) {
    outbox.listen((event) => this.onEvent(event));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.sweep());
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping = true;
    await this.running;
  }

  /** One account that fails is tried again at the next sweep, and keeps no other waiting. */
  async sweep(): Promise<void> {
    try {
      const due = await this.store.listDue(this.clock.now(), BATCH);
      for (const erasure of due) if (!this.stopping) await this.eraseAgain(erasure);
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

  private async eraseAgain(erasure: Erasure): Promise<void> {
    const { userId } = erasure;
    try {
      await this.personalData.erase(userId);
      const next = nextErasure(erasure);
      await (next ? this.store.put(next) : this.store.remove(userId));
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'a deleted account not erased again; it will be tried once more');
    }
  }
}
