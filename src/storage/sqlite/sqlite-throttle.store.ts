import { ThrottleStore, type Failures } from '../../auth/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

export class SqliteThrottleStore extends ThrottleStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async find(key: string, now: Date): Promise<Failures | null> {
    const row = this.db.get<{ failures: number; last_at: number }>(FIND, { key, now: now.getTime() });
    return row && { count: row.failures, lastAt: new Date(row.last_at) };
  }

  async add(key: string, now: Date, expiresAt: Date): Promise<number> {
    const params = { key, now: now.getTime(), expires_at: expiresAt.getTime() };
    return this.db.transaction(() => this.db.get<{ failures: number }>(ADD, params)!.failures);
  }

  async clear(key: string): Promise<void> {
    await this.db.transaction(() => this.db.run('DELETE FROM throttles WHERE key = :key', { key }));
  }

  async dropExpired(now: Date, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(DROP_EXPIRED, { now: now.getTime(), limit }));
  }
}

const FIND = 'SELECT failures, last_at FROM throttles WHERE key = :key AND expires_at > :now';

const ADD = `
  INSERT INTO throttles (key, failures, last_at, expires_at) VALUES (:key, 1, :now, :expires_at)
  ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN expires_at <= :now THEN 1 ELSE failures + 1 END, last_at = :now, expires_at = :expires_at
  RETURNING failures`;

const DROP_EXPIRED = `
  DELETE FROM throttles WHERE key IN (SELECT key FROM throttles WHERE expires_at <= :now LIMIT :limit)`;
