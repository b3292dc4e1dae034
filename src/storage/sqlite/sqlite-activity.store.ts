import { ActivityStore, type Activity, type ActivityQuery } from '../../activity/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface ActivityRow {
  id: string;
  user_id: string;
  session_id: string;
  type: string;
  data: string | null;
  at: number;
}

export class SqliteActivityStore extends ActivityStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add({ id, userId, sessionId, type, data, at }: Activity): Promise<void> {
    const row = {
      id,
      user_id: userId,
      session_id: sessionId,
      type,
      data: data && JSON.stringify(data),
      at: at.getTime(),
    };
    await this.db.transaction(() => this.db.run(INSERT, row));
  }

  async remove(id: string): Promise<void> {
    await this.db.transaction(() => this.db.run('DELETE FROM activities WHERE id = :id', { id }));
  }

  async list(sessionId: string, query: ActivityQuery): Promise<Activity[]> {
    return this.select('session_id', sessionId, query);
  }

  async listOfUser(userId: string, query: ActivityQuery): Promise<Activity[]> {
    return this.select('user_id', userId, query);
  }

  async removeOfUser(userId: string, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(REMOVE_OF_USER, { user_id: userId, limit }));
  }

  async dropOlder(before: Date, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(DROP_OLDER, { before: before.getTime(), limit }));
  }

  private select(column: 'session_id' | 'user_id', of: string, { before, limit }: ActivityQuery): Activity[] {
    const params = { of, limit, ...(before && { before }) };
    return this.db.all<ActivityRow>(select(column, before !== null), params).map(fromRow);
  }
}

const INSERT = `
  INSERT INTO activities (id, user_id, session_id, type, data, at)
  VALUES (:id, :user_id, :session_id, :type, :data, :at) ON CONFLICT (id) DO NOTHING`;

const REMOVE_OF_USER = `
  DELETE FROM activities WHERE id IN (SELECT id FROM activities WHERE user_id = :user_id LIMIT :limit)`;

const DROP_OLDER = `
  DELETE FROM activities WHERE id IN (SELECT id FROM activities WHERE at < :before ORDER BY at LIMIT :limit)`;

function select(column: string, fromCursor: boolean): string {
  const after = `AND (at, id) < (SELECT at, id FROM activities WHERE ${column} = :of AND id = :before)`;
  return `
  SELECT * FROM activities WHERE ${column} = :of ${fromCursor ? after : ''} ORDER BY at DESC, id DESC LIMIT :limit`;
}

function fromRow({ id, user_id, session_id, type, data, at }: ActivityRow): Activity {
  return {
    id,
    userId: user_id,
    sessionId: session_id,
    type,
    data: data === null ? null : (JSON.parse(data) as Activity['data']),
    at: new Date(at),
  };
}
