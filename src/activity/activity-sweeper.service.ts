import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Clock } from '../common/index.js';
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
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly store: ActivityStore,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

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

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.activityDays * DAY_MS);
    try {
      while (!this.stopping && (await this.store.dropOlder(before, BATCH)) === BATCH) await nextTurn();
    } catch (error) {
      this.logger.warn({ err: error }, 'old activities not dropped; they will be at the next sweep');
    }
  }
}
