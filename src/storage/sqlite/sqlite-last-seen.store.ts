import { LastSeenStore } from '../../sessions/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

export class SqliteLastSeenStore extends LastSeenStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async list(userIds: readonly string[]): Promise<Map<string, Date>> {
    const rows = this.db.all<{ user_id: string; at: number }>(LIST, { ids: JSON.stringify(userIds) });
    return new Map(rows.filter(({ at }) => at > 0).map(({ user_id, at }) => [user_id, new Date(at)]));
  }
}

// The times of live sessions move: an index over them would make each use of a session dearer by more than half. They are
// few, and looked at one by one, the newest hundred at most; those of the ended ones stand still, and in an index.
const LIVE = `
  SELECT max(last_seen_at) FROM (SELECT last_seen_at FROM sessions INDEXED BY sessions_live
  WHERE user_id = asked.value AND ended_at IS NULL ORDER BY id DESC LIMIT 100)`;

const ENDED = `
  SELECT max(last_seen_at) FROM sessions INDEXED BY sessions_ended_seen
  WHERE user_id = asked.value AND ended_at IS NOT NULL`;

const LIST = `
  SELECT asked.value AS user_id, max(coalesce((${LIVE}), 0), coalesce((${ENDED}), 0)) AS at FROM json_each(:ids) asked`;
