import { PolicyStore, type PolicyScope, type SessionPolicy } from '../../sessions/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface PolicyRow {
  scope: PolicyScope;
  max_live: number | null;
  per: SessionPolicy['per'];
  on_limit: SessionPolicy['onLimit'];
  idle_timeout: number;
  max_age: number;
}

export class SqlitePolicyStore extends PolicyStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async list(scopes: readonly PolicyScope[]): Promise<ReadonlyMap<PolicyScope, SessionPolicy>> {
    const rows = this.db.all<PolicyRow>(LIST, { scopes: JSON.stringify(scopes) });
    return new Map(rows.map((row) => [row.scope, toPolicy(row)]));
  }

  async put(scope: PolicyScope, { limit, per, onLimit, idleTimeout, maxAge }: SessionPolicy): Promise<void> {
    const row = { scope, max_live: limit, per, on_limit: onLimit, idle_timeout: idleTimeout, max_age: maxAge };
    await this.db.transaction(() => this.db.run(PUT, row));
  }

  async remove(scope: PolicyScope): Promise<void> {
    await this.db.transaction(() => this.db.run('DELETE FROM policies WHERE scope = :scope', { scope }));
  }
}

const LIST = 'SELECT * FROM policies WHERE scope IN (SELECT value FROM json_each(:scopes))';

const PUT = `
  INSERT INTO policies (scope, max_live, per, on_limit, idle_timeout, max_age)
  VALUES (:scope, :max_live, :per, :on_limit, :idle_timeout, :max_age)
  ON CONFLICT (scope) DO UPDATE SET max_live = :max_live, per = :per, on_limit = :on_limit,
  idle_timeout = :idle_timeout, max_age = :max_age`;

function toPolicy({ max_live, per, on_limit, idle_timeout, max_age }: PolicyRow): SessionPolicy {
  return { limit: max_live, per, onLimit: on_limit, idleTimeout: idle_timeout, maxAge: max_age };
}
