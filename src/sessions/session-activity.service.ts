import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { renewalIntervalOf, type Session } from '../accounts/index.js';
import { Clock, Rounds } from '../common/index.js';
import { SessionStore, type SessionUse } from './session.store.js';

const FLUSH_MS = 250;

/** Renews `lastSeenAt` in batches, off the request's path and at most once per renewal interval of a session. */
@Injectable()
export class SessionActivity implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SessionActivity.name);
  private pending = new Map<string, SessionUse>();
  private writing: Promise<void> = Promise.resolve();
  private readonly rounds = new Rounds(this.clock, FLUSH_MS, () => this.flush());

  constructor(
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  record(session: Session, at: Date): void {
    if (at.getTime() - session.lastSeenAt.getTime() < renewalIntervalOf(session)) return;
    this.pending.set(session.id, { userId: session.userId, sessionId: session.id, at });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.flush();
  }

  /** Writes the uses recorded so far, after those that are being written. */
  flush(): Promise<void> {
    return (this.writing = this.writing.then(() => this.write()));
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const uses = [...this.pending.values()];
    this.pending = new Map();
    try {
      await this.sessions.touch(uses);
    } catch (error) {
      // Lost uses only make a session look idle for one renewal interval longer.
      this.logger.warn({ err: error, lost: uses.length }, 'session uses not recorded');
    }
  }
}
