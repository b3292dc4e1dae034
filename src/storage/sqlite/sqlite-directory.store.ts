import { DirectoryStore, type DirectoryQuery } from '../../admin/index.js';
import type { EndedSession, Session } from '../../accounts/index.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { SessionRow } from './sqlite-columns.js';
import { toSession } from './sqlite-rows.js';

/** `id` is a UUIDv7: its order is that of time. */
export class SqliteDirectoryStore extends DirectoryStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async listSessions(query: DirectoryQuery): Promise<(Session | EndedSession)[]> {
    const { state, userId, ip, deviceClass, before, limit } = query;
    const states = state === 'all' ? (['live', 'ended'] as const) : [state];
    const sql = states.map((one) => `SELECT * FROM (${select(one, query)})`).join(' UNION ALL ');
    const params = {
      ...(userId && { user_id: userId }),
      ...(ip && { ip }),
      ...(deviceClass && { device_class: deviceClass }),
      before: before ?? AFTER_ALL_IDS,
      limit,
    };
    return this.db.all<SessionRow>(`${sql} ORDER BY id DESC LIMIT :limit`, params).map(toSession);
  }
}

const AFTER_ALL_IDS = 'g';

/** Without statistics SQLite would guess which index is the narrowest; we know. */
function select(state: 'live' | 'ended', { userId, ip, deviceClass }: DirectoryQuery): string {
  const index = userId ? 'sessions_of_user' : `sessions_${state}_${ip ? 'of_ip' : deviceClass ? 'of_class' : 'newest'}`;
  const conditions = [
    `ended_at IS ${state === 'live' ? '' : 'NOT '}NULL`,
    'id < :before',
    ...(userId ? ['user_id = :user_id'] : []),
    ...(ip ? ['ip = :ip'] : []),
    ...(deviceClass ? ['device_class = :device_class'] : []),
  ];
  return `SELECT * FROM sessions INDEXED BY ${index} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT :limit`;
}
