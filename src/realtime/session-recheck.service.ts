import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isEnded } from '../accounts/index.js';
import { Clock, Rounds } from '../common/index.js';
import { SessionStore, SessionValidator, type SessionRef } from '../sessions/index.js';
import { Announcer } from './announcer.service.js';
import { Sockets } from './sockets.service.js';

const EVERY_MS = 3000;
/** Small, so that no single step holds up requests. */
const BATCH = 200;

/**
 * Asks the store about the sessions of this node's sockets: the way by which a socket learns that the clock ended its
 * session, and the only one while another node cannot be heard.
 */
@Injectable()
export class SessionRecheck implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SessionRecheck.name);
  private readonly rounds = new Rounds(this.clock, EVERY_MS, () => this.recheckSafely());
  private failing = false;

  constructor(
    private readonly sessions: SessionStore,
    private readonly validator: SessionValidator,
    private readonly sockets: Sockets,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  async recheck(): Promise<void> {
    const asked = this.sockets.sessions();
    for (let from = 0; from < asked.length; from += BATCH) {
      const batch = asked.slice(from, from + BATCH);
      const live = new Set(await this.sessions.listLive(batch, this.clock.now()));
      await Promise.all(batch.filter(({ sessionId }) => !live.has(sessionId)).map((ref) => this.endSafely(ref)));
      await nextTurn();
    }
  }

  /** A timeout is committed on the way, so that the reason stands before anybody hears it. */
  private async end(ref: SessionRef): Promise<void> {
    const session = await this.validator.look(ref);
    if (!session) this.sockets.close(ref.sessionId);
    else if (isEnded(session)) this.announcer.sessionEnded(session);
  }

  /** One that fails is asked about again in the next round, and keeps no other waiting. */
  private async endSafely(ref: SessionRef): Promise<void> {
    try {
      await this.end(ref);
    } catch (error) {
      this.logger.warn({ err: error, ...ref }, 'the sockets of a session not rechecked');
    }
  }

  /** One line when the store goes, however long it stays away: sockets stay open, for nobody knows better. */
  private async recheckSafely(): Promise<void> {
    try {
      await this.recheck();
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.logger.warn({ err: error }, 'sockets not rechecked; they are as soon as the store answers');
      this.failing = true;
    }
  }
}
