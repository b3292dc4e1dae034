import { actorKey, AuditStore, type AuditEntry, type AuditQuery } from '../../audit/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface AuditRow {
  id: string;
  at: number;
  type: string;
  actor: string;
  user_id: string | null;
  details: string;
}

export class SqliteAuditStore extends AuditStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(entry: AuditEntry): Promise<void> {
    await this.db.transaction(() => this.db.run(INSERT, toRow(entry)));
  }

  async addUp(entry: AuditEntry): Promise<void> {
    const counted = toRow({ ...entry, details: { ...entry.details, count: 1 } });
    await this.db.transaction(() => this.db.run(COUNT_UP, counted));
  }

  async list({ userId, actor, type, before, limit }: AuditQuery): Promise<AuditEntry[]> {
    const params = { ...(userId && { user_id: userId }), ...(actor && { actor_key: actor }), ...(type && { type }) };
    const sql = select(Object.keys(params), before !== null);
    return this.db.all<AuditRow>(sql, { ...params, limit, ...(before && { before }) }).map(toEntry);
  }

  async count(type: string, from: Date, to: Date): Promise<number> {
    const params = { type, from: from.getTime(), to: to.getTime() };
    return this.db.get<{ count: number }>(COUNT, params)?.count ?? 0;
  }

  async replaceDetails(entries: readonly Pick<AuditEntry, 'id' | 'details'>[]): Promise<void> {
    await this.db.transaction(() => {
      for (const { id, details } of entries) this.db.run(REPLACE, { id, details: JSON.stringify(details) });
    });
  }

  async dropOlder(before: Date, limit: number): Promise<number> {
    return this.db.transaction(() => this.db.run(DROP_OLDER, { before: before.getTime(), limit }));
  }
}

const ROW = `
  INSERT INTO audit (id, at, type, actor_key, actor, user_id, details)
  VALUES (:id, :at, :type, :actor_key, :actor, :user_id, :details) ON CONFLICT (id)`;

const INSERT = `${ROW} DO NOTHING`;

const COUNT_UP = `
  ${ROW} DO UPDATE SET details = json_set(details, '$.count', coalesce(json_extract(details, '$.count'), 0) + 1)`;

const COUNT = 'SELECT count(*) AS count FROM audit WHERE type = :type AND at >= :from AND at < :to';

const REPLACE = 'UPDATE audit SET details = :details WHERE id = :id';

const DROP_OLDER = `
  DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < :before ORDER BY at LIMIT :limit)`;

/** Without statistics SQLite would guess which index is the narrowest; we know: a user's, then an actor's. */
function select(filters: readonly string[], fromCursor: boolean): string {
  const index = ['user_id', 'actor_key', 'type'].find((column) => filters.includes(column)) ?? 'time';
  const after = '(at, id) < (SELECT at, id FROM audit WHERE id = :before)';
  const conditions = [...filters.map((column) => `${column} = :${column}`), ...(fromCursor ? [after] : [])];
  return `SELECT * FROM audit INDEXED BY audit_by_${index}
  ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY at DESC, id DESC LIMIT :limit`;
}

function toRow({ id, at, type, actor, userId, details }: AuditEntry) {
  const row = { id, at: at.getTime(), type, user_id: userId, details: JSON.stringify(details) };
  return { ...row, actor_key: actorKey(actor), actor: JSON.stringify(actor) };
}

function toEntry({ id, at, type, actor, user_id, details }: AuditRow): AuditEntry {
  return {
    id,
    at: new Date(at),
    type,
    actor: JSON.parse(actor) as AuditEntry['actor'],
    userId: user_id,
    details: JSON.parse(details) as AuditEntry['details'],
  };
}
