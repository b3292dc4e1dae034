import type { Account, DeviceClass, EndedSession, Profile, Session } from '../accounts/index.js';

/** A person as the operators' lists show them. */
export type Person = Profile & Pick<Account, 'lockedAt'>;

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

/** Reads over all accounts, for operators and for lists of people. Each is a walk along an index that stops at `limit`, or a look-up, however many there are. */
export abstract class DirectoryStore {
  /** Newest first, from the one before the id on. Neither deleted users nor those that were never completed. */
  abstract listUsers(before: string | null, limit: number): Promise<Person[]>;

  /** Those with these ids, in no order; neither deleted users nor those that were never completed. */
  abstract findUsers(ids: readonly string[]): Promise<Person[]>;

  /** Newest first. A session that began or ended a moment ago is in it, in one of its states. */
  abstract listSessions(query: DirectoryQuery): Promise<(Session | EndedSession)[]>;
}
