/** The sessions that have ended, as long as they are kept. */
export abstract class SessionHistoryStore {
  /** Drops at most `limit` sessions that ended before; returns how many. */
  abstract dropEnded(before: Date, limit: number): Promise<number>;

  /** Takes what `withoutTraces` does from at most `limit` ended sessions of the user that still have it; returns how many. */
  abstract removeTraces(userId: string, limit: number): Promise<number>;
}
