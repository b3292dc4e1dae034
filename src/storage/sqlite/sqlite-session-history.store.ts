import { SessionHistoryStore } from '../../sessions/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** What has ended is the part of `sessions` that carries its tombstone's columns. */
export class SqliteSessionHistoryStore extends SessionHistoryStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async dropEnded(before: Date, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(DROP_ENDED, { before: before.getTime(), limit }));
  }

  async removeTraces(userId: string, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(REMOVE_TRACES, { user_id: userId, limit }));
  }
}

const DROP_ENDED = `
  DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE ended_at < :before LIMIT :limit)`;

// As `withoutTraces` does.
const REMOVE_TRACES = `
  UPDATE sessions SET device_name = '', device_class = 'other', browser = NULL, os = NULL, ip = '', asked_from = NULL, user_agent = '',
  ended_by = NULL WHERE id IN (
    SELECT id FROM sessions INDEXED BY sessions_with_traces WHERE user_id = :user_id AND ended_at IS NOT NULL AND ip <> '' LIMIT :limit)`;
