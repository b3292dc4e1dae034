import type { EndedSession, Profile, Session } from '../accounts/index.js';

/** A session as the guard needs it: with the person it belongs to. */
export interface FoundSession {
  readonly user: Profile;
  readonly session: Session | EndedSession;
}

export interface SessionQuery {
  readonly state: 'live' | 'ended' | 'all';
  /** Only sessions older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** A session by its ids. */
export interface SessionRef {
  readonly userId: string;
  readonly sessionId: string;
}

/** A use of a session that is to be recorded. */
export interface SessionUse extends SessionRef {
  readonly at: Date;
}

/** Reads of sessions, straight from the authority, and the two writes that decide nothing. Starting and ending is `Accounts.change`. */
export abstract class SessionStore {
  /** Live or ended; null where the user never had it, or its history has been dropped. */
  abstract find(userId: string, sessionId: string): Promise<FoundSession | null>;

  /** The user that a session, live or ended, belongs to, or null. */
  abstract findUserId(sessionId: string): Promise<string | null>;

  /** Newest first. A session that ended a moment ago is in it. */
  abstract list(userId: string, query: SessionQuery): Promise<(Session | EndedSession)[]>;

  /** The ids of those that are live and not timed out at `now`. For some hundreds at once. */
  abstract listLive(sessions: readonly SessionRef[], now: Date): Promise<string[]>;

  /** Moves `lastSeenAt` forward, never back. A session that has ended meanwhile is passed over. */
  abstract touch(uses: readonly SessionUse[]): Promise<void>;

  /** Users with a live session that is overdue at `now` (see `overdueAt`), the longest overdue first. At most `limit`, and none only where none is. */
  abstract listOverdueUsers(now: Date, limit: number): Promise<string[]>;

  /** How many are live altogether, those that are overdue included. At once, however many; on MongoDB it may lag by a moment. */
  abstract countLive(): Promise<number>;
}
