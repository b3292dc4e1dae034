/** Failures counted under one key. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Date;
}

/** Counters that survive a restart and are shared by all nodes. */
export abstract class ThrottleStore {
  /** Null where nothing has failed, or it has expired at `now`. */
  abstract find(key: string, now: Date): Promise<Failures | null>;

  /** Adds one failure; none is lost among racing ones. Counts from one again where the counter has expired. Returns the count. */
  abstract add(key: string, now: Date, expiresAt: Date): Promise<number>;

  /** Forgets the failures. */
  abstract clear(key: string): Promise<void>;

  /** Drops at most `limit` counters that have expired at `now`; returns how many. */
  abstract dropExpired(now: Date, limit: number): Promise<number>;
}
