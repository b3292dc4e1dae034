import { Injectable } from '@nestjs/common';
import { Clock, Sweeper } from '../common/index.js';
import { Config } from '../config/index.js';
import { ActivityStore } from './activity.store.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Drops activities that are older than they are kept. Any number of nodes may sweep. */
@Injectable()
export class ActivitySweeper extends Sweeper {
  constructor(
    private readonly store: ActivityStore,
    private readonly config: Config,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.activityDays * DAY_MS);
    await this.rounds.drain(BATCH, () => this.store.dropOlder(before, BATCH));
  }
}
