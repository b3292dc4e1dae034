import { Injectable } from '@nestjs/common';
import { Clock, Sweeper } from '../common/index.js';
import { Config } from '../config/index.js';
import { AuditStore } from './audit.store.js';

const EVERY_MS = 60_000;
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Drops entries that are older than they are kept, in small steps. */
@Injectable()
export class AuditSweeper extends Sweeper {
  constructor(
    private readonly store: AuditStore,
    private readonly config: Config,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.auditDays * DAY_MS);
    await this.rounds.drain(BATCH, () => this.store.dropOlder(before, BATCH));
  }
}
