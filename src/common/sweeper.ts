import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from './clock.js';
import { Rounds } from './rounds.js';

/** Clears away again and again, as long as the application runs. What a sweep throws is noted, and the next one goes on. */
export abstract class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  protected readonly logger = new Logger(this.constructor.name);
  protected readonly rounds: Rounds;

  constructor(
    protected readonly clock: Clock,
    everyMs: number,
  ) {
    this.rounds = new Rounds(clock, everyMs, () => this.sweepSafely());
  }

  abstract sweep(): Promise<void>;

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  private async sweepSafely(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'sweep not finished; it goes on at the next');
    }
  }
}
