import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { isEnded, type Actor, type EndedSession, type Session } from '../accounts/index.js';
import { Throttle, type Subject, type WindowRule } from '../auth/index.js';
import { Clock } from '../common/index.js';
import {
  InvalidTokenError,
  SessionEndedError,
  SessionNotFoundError,
  SessionsService,
  SessionValidator,
} from '../sessions/index.js';
import { isLifecycle, LIFECYCLE, type Activity, type ActivityFact, type ListedActivities } from './activity.js';
import { ActivityStore, type ActivityQuery } from './activity.store.js';

/** A person's client may record once a second; other backends are not counted. */
const recordingSubject = (sessionId: string): Subject<WindowRule> => ({
  name: `activity:${sessionId}`,
  rule: { kind: 'window', limit: 60, window: 60_000 },
});

@Injectable()
export class Activities {
  constructor(
    private readonly store: ActivityStore,
    private readonly sessions: SessionsService,
    private readonly validator: SessionValidator,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** In a session that the guard has let in. Throws `TooManyRequestsError`, and `SessionEndedError` where it has ended meanwhile. */
  async record(session: Session, fact: ActivityFact): Promise<Activity> {
    await this.throttle.use(recordingSubject(session.id));
    return this.add(session, fact);
  }

  /**
   * In a session that is named: one of the person's own, or as a service anybody's.
   * Throws `SessionNotFoundError`, and what `record` throws.
   */
  async recordAs(actor: Actor, sessionId: string, fact: ActivityFact): Promise<Activity> {
    const session = assertLive(await this.find(actor, sessionId));
    return actor.kind === 'user' ? this.record(session, fact) : this.add(session, fact);
  }

  /** Newest first, in a live or an ended session, whosever it is. Reads one more than `limit`. Throws `SessionNotFoundError`. */
  async listOf(sessionId: string, query: ActivityQuery): Promise<ListedActivities> {
    const userId = await this.sessions.getUserId(sessionId);
    return this.list(await this.getOf(userId, sessionId), query);
  }

  /** As `listOf`, but for a person in their own sessions alone. */
  async listAs(actor: Actor, sessionId: string, query: ActivityQuery): Promise<ListedActivities> {
    return this.list(await this.find(actor, sessionId), query);
  }

  /** Writes it, then looks whether the session was still live: what came too late is taken back, so none outlives an erasure. */
  private async add({ userId, id: sessionId }: Session, { type, data = null }: ActivityFact): Promise<Activity> {
    const activity = { id: uuidv7(), userId, sessionId, type, data, at: this.clock.now() };
    await this.store.add(activity);
    const session = await this.validator.look({ userId, sessionId });
    if (session && !isEnded(session)) return activity;
    await this.store.remove(activity.id);
    throw session ? new SessionEndedError(session) : new InvalidTokenError();
  }

  private async list(session: Session | EndedSession, { before, limit }: ActivityQuery): Promise<ListedActivities> {
    // Beside start and end, one is an action if any is.
    const newest = await this.store.list(session.id, { before: null, limit: LIFECYCLE.length + 1 });
    const lastActionAt = newest.find(({ type }) => !isLifecycle(type))?.at ?? null;
    return { session, lastActionAt, found: await this.store.list(session.id, { before, limit: limit + 1 }) };
  }

  private async find(actor: Actor, sessionId: string): Promise<Session | EndedSession> {
    const userId = actor.kind === 'user' ? actor.userId : await this.sessions.getUserId(sessionId);
    return this.getOf(userId, sessionId);
  }

  private async getOf(userId: string, sessionId: string): Promise<Session | EndedSession> {
    const session = await this.validator.look({ userId, sessionId });
    if (!session) throw new SessionNotFoundError();
    return session;
  }
}

function assertLive(session: Session | EndedSession): Session {
  if (isEnded(session)) throw new SessionEndedError(session);
  return session;
}
