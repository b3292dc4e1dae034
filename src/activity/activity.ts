import type { AccountEvent, EndedSession, Session } from '../accounts/index.js';

/** What somebody did in a session, in words of the calling application. */
export interface Activity {
  readonly id: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly at: Date;
}

/** What is given of one that is to be recorded. */
export interface ActivityFact {
  readonly type: string;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The session that activities were recorded in, as far as they are concerned. */
export interface SessionSpan {
  readonly session: Session | EndedSession;
  /** Of what was done, apart from start and end; null where nothing was, or it is no longer kept. */
  readonly lastActionAt: Date | null;
}

/** Newest first. */
export interface ListedActivities extends SessionSpan {
  readonly found: readonly Activity[];
}

/** The start and the end of a session are recorded by the service alone. */
export const LIFECYCLE = ['session.started', 'session.ended'] as const;

export function isLifecycle(type: string): boolean {
  return (LIFECYCLE as readonly string[]).includes(type);
}

/** The event's own id: handed on twice, it makes one activity. Null for an event that is neither start nor end. */
export function activityOf(event: AccountEvent): Activity | null {
  if (event.type !== 'session.started' && event.type !== 'session.ended') return null;
  const { id, userId, type, at, session } = event;
  const data = event.type === 'session.ended' ? { reason: event.session.endReason } : null;
  return { id, userId, sessionId: session.id, type, data, at };
}
