import type { EndedSession, Session } from '../../accounts/index.js';
import {
  SessionStore,
  type FoundSession,
  type SessionQuery,
  type SessionRef,
  type SessionUse,
} from '../../sessions/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { PROFILE_COLUMNS, SESSION_COLUMNS, type ProfileRow, type SessionRow } from './sqlite-columns.js';
import { toProfile, toSession } from './sqlite-rows.js';

/** Live and ended sessions are rows of one table: what has ended carries its tombstone's columns. */
export class SqliteSessionStore extends SessionStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async find(userId: string, sessionId: string): Promise<FoundSession | null> {
    const values = this.db.getValues(FIND, sessionId, userId);
    if (!values) return null;
    const user = toProfile(zip<ProfileRow>(PROFILE_COLUMNS, values, 0));
    return { user, session: toSession(zip<SessionRow>(SESSION_COLUMNS, values, PROFILE_COLUMNS.length)) };
  }

  async findUserId(sessionId: string): Promise<string | null> {
    const row = this.db.get<{ user_id: string }>('SELECT user_id FROM sessions WHERE id = :id', { id: sessionId });
    return row?.user_id ?? null;
  }

  async list(userId: string, { state, before, limit }: SessionQuery): Promise<(Session | EndedSession)[]> {
    const params = { user_id: userId, before: before ?? AFTER_ALL_IDS, limit };
    return this.db.all<SessionRow>(LIST[state], params).map(toSession);
  }

  async listLive(sessions: readonly SessionRef[], now: Date): Promise<string[]> {
    const ids = JSON.stringify(sessions.map(({ sessionId }) => sessionId));
    return this.db.all<{ id: string }>(LIST_LIVE, { ids, now: now.getTime() }).map(({ id }) => id);
  }

  async touch(uses: readonly SessionUse[]): Promise<void> {
    await this.db.transaction(() => {
      for (const { userId, sessionId, at } of uses)
        this.db.run(TOUCH, { id: sessionId, user_id: userId, at: at.getTime() });
    });
  }

  async listOverdueUsers(now: Date, limit: number): Promise<string[]> {
    const rows = this.db.all<{ user_id: string }>(LIST_OVERDUE, { now: now.getTime(), limit });
    return [...new Set(rows.map((row) => row.user_id))];
  }

  async countLive(): Promise<number> {
    return this.db.get<{ value: number }>("SELECT value FROM counters WHERE name = 'live_sessions'")?.value ?? 0;
  }
}

const AFTER_ALL_IDS = 'g';

// The guard's read: thirty named columns would cost twice what the bare values do.
const FIND = `
  SELECT ${PROFILE_COLUMNS.map((name) => `u.${name}`).join(', ')}, ${SESSION_COLUMNS.map((name) => `s.${name}`).join(', ')}
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = ? AND s.user_id = ?`;

const list = (state: string) => `
  SELECT * FROM sessions WHERE user_id = :user_id AND id < :before ${state} ORDER BY id DESC LIMIT :limit`;

const LIST = { all: list(''), live: list('AND ended_at IS NULL'), ended: list('AND ended_at IS NOT NULL') };

const LIST_LIVE = `
  SELECT s.id FROM json_each(:ids) asked JOIN sessions s ON s.id = asked.value
  WHERE s.ended_at IS NULL AND s.expires_at > :now AND s.last_seen_at + s.idle_timeout * 1000 > :now`;

// due_at moves with last_seen_at: both by the same step, or up to the absolute timeout.
const TOUCH = `
  UPDATE sessions SET last_seen_at = :at, due_at = min(due_at + :at - last_seen_at, expires_at)
  WHERE id = :id AND user_id = :user_id AND last_seen_at < :at AND ended_at IS NULL`;

// Rows, not users, are limited: grouping would read all that is overdue, and there may be a million.
const LIST_OVERDUE = `
  SELECT user_id FROM sessions WHERE ended_at IS NULL AND due_at <= :now ORDER BY due_at LIMIT :limit`;

/** The row whose columns' values begin at `from`. */
function zip<Row>(columns: readonly (keyof Row)[], values: readonly unknown[], from: number): Row {
  const row: Partial<Record<keyof Row, unknown>> = {};
  let index = from;
  for (const column of columns) row[column] = values[index++];
  return row as Row;
}
