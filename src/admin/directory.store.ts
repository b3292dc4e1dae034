import type { DeviceClass, EndedSession, Session } from '../accounts/index.js';

/** Null in a filter: any. */
export interface DirectoryQuery {
  readonly state: 'live' | 'ended' | 'all';
  readonly userId: string | null;
  readonly ip: string | null;
  readonly deviceClass: DeviceClass | null;
  /** Only sessions older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** Sessions of all accounts, for operators: a walk along an index that stops at `limit`, however many there are. */
export abstract class DirectoryStore {
  /** Newest first. A session that began or ended a moment ago is in it, in one of its states. */
  abstract listSessions(query: DirectoryQuery): Promise<(Session | EndedSession)[]>;
}
