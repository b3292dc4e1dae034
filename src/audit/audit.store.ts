import type { AuditEntry } from './audit.entry.js';

/** Null in a filter: any. */
export interface AuditQuery {
  readonly userId: string | null;
  /** See `actorKey`. */
  readonly actor: string | null;
  readonly type: string | null;
  /** Only entries older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

/** The record. Nothing in it is ever changed, but for what is counted, and for people whose account is deleted. */
export abstract class AuditStore {
  /** An entry whose id is there already is left as it is. */
  abstract add(entry: AuditEntry): Promise<void>;

  /**
   * Adds the entry with a `count` of one in its details; where its id is there already, raises that count and changes nothing else. None
   * is lost among racing ones.
   */
  abstract addUp(entry: AuditEntry): Promise<void>;

  /** Newest first. Nothing is older than an entry that is not there. */
  abstract list(query: AuditQuery): Promise<AuditEntry[]>;

  /** How many of the type are at `from` or later, and before `to`. */
  abstract count(type: string, from: Date, to: Date): Promise<number>;

  /** Of entries that are not there any more nothing comes to be. */
  abstract replaceDetails(entries: readonly Pick<AuditEntry, 'id' | 'details'>[]): Promise<void>;

  /** Drops at most `limit` entries that are older; returns how many. */
  abstract dropOlder(before: Date, limit: number): Promise<number>;
}
