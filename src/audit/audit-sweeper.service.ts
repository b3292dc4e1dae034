import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Rounds } from '../common/index.js';
import { Config } from '../config/index.js';
import { AuditStore } from './audit.store.js';

const EVERY_MS = 60_000;
const BATCH = 100;
const DAY_MS = 86_400_000;

/** Drops entries that are older than they are kept, in small steps. */
@Injectable()
export class AuditSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditSweeper.name);
  private readonly rounds = new Rounds(EVERY_MS, () => this.sweep());

  constructor(
    private readonly store: AuditStore,
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
    const before = new Date(this.clock.now().getTime() - this.config.auditDays * DAY_MS);
    try {
      await this.rounds.drain(BATCH, () => this.store.dropOlder(before, BATCH));
    } catch (error) {
      this.logger.warn({ err: error }, 'old audit entries not dropped; they will be at the next sweep');
    }
  }
}
