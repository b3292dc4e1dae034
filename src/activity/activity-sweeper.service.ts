import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Rounds } from '../common/index.js';
import { Config } from '../config/index.js';
import { ActivityStore } from './activity.store.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Drops activities that are older than they are kept. Any number of nodes may sweep. */
@Injectable()
export class ActivitySweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ActivitySweeper.name);
  private readonly rounds = new Rounds(EVERY_MS, () => this.sweep());

  constructor(
    private readonly store: ActivityStore,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.activityDays * DAY_MS);
    try {
      await this.rounds.drain(BATCH, () => this.store.dropOlder(before, BATCH));
    } catch (error) {
      this.logger.warn({ err: error }, 'old activities not dropped; they will be at the next sweep');
    }
  }
}
