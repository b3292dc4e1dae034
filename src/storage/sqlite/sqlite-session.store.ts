import type { EndedSession, Session } from '../../accounts/index.js';
import { SessionStore, type FoundSession, type SessionQuery, type SessionUse } from '../../sessions/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { toProfile, toSession, type ProfileRow, type SessionRow } from './sqlite-rows.js';

/** Live and ended sessions are rows of one table: what has ended carries its tombstone's columns. */
export class SqliteSessionStore extends SessionStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async find(userId: string, sessionId: string): Promise<FoundSession | null> {
    const row = this.db.get<SessionRow & PrefixedProfileRow>(FIND, { id: sessionId, user_id: userId });
    return row && { user: toProfile(unprefix(row)), session: toSession(row) };
  }

  async findUserId(sessionId: string): Promise<string | null> {
    const row = this.db.get<{ user_id: string }>('SELECT user_id FROM sessions WHERE id = :id', { id: sessionId });
    return row?.user_id ?? null;
  }

  async list(userId: string, { state, before, limit }: SessionQuery): Promise<(Session | EndedSession)[]> {
    const params = { user_id: userId, before: before ?? AFTER_ALL_IDS, limit };
    return this.db.all<SessionRow>(LIST[state], params).map(toSession);
  }

  async touch(uses: readonly SessionUse[]): Promise<void> {
    await this.db.transaction(() => {
      for (const { sessionId, at } of uses) this.db.run(TOUCH, { id: sessionId, at: at.getTime() });
    });
  }

  async listOverdueUsers(now: Date, limit: number): Promise<string[]> {
    const rows = this.db.all<{ user_id: string }>(LIST_OVERDUE, { now: now.getTime(), limit });
    return [...new Set(rows.map((row) => row.user_id))];
  }

  async dropEnded(before: Date, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(DROP_ENDED, { before: before.getTime(), limit }));
  }
}

/** The columns of the user, beside those of the session. */
type PrefixedProfileRow = { [C in keyof ProfileRow as `u_${C}`]: ProfileRow[C] };

const AFTER_ALL_IDS = 'g';

const FIND = `
  SELECT s.*, u.id AS u_id, u.mobile AS u_mobile, u.username AS u_username, u.email AS u_email,
    u.mobile_verified_at AS u_mobile_verified_at, u.email_verified_at AS u_email_verified_at,
    u.display_name AS u_display_name, u.avatar_url AS u_avatar_url, u.role AS u_role, u.created_at AS u_created_at
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = :id AND s.user_id = :user_id`;

const list = (state: string) => `
  SELECT * FROM sessions WHERE user_id = :user_id AND id < :before ${state} ORDER BY id DESC LIMIT :limit`;

const LIST = { all: list(''), live: list('AND ended_at IS NULL'), ended: list('AND ended_at IS NOT NULL') };

// due_at moves with last_seen_at: both by the same step, or up to the absolute timeout.
const TOUCH = `
  UPDATE sessions SET last_seen_at = :at, due_at = min(due_at + :at - last_seen_at, expires_at)
  WHERE id = :id AND last_seen_at < :at AND ended_at IS NULL`;

const LIST_OVERDUE = `
  SELECT user_id FROM sessions WHERE ended_at IS NULL AND due_at <= :now ORDER BY due_at LIMIT :limit`;

const DROP_ENDED = `
  DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE ended_at < :before LIMIT :limit)`;

function unprefix(row: PrefixedProfileRow): ProfileRow {
  return {
    id: row.u_id,
    mobile: row.u_mobile,
    username: row.u_username,
    email: row.u_email,
    mobile_verified_at: row.u_mobile_verified_at,
    email_verified_at: row.u_email_verified_at,
    display_name: row.u_display_name,
    avatar_url: row.u_avatar_url,
    role: row.u_role,
    created_at: row.u_created_at,
  };
}
