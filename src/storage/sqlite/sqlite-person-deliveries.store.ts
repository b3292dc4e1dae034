import { PersonDeliveriesStore } from '../../delivery/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

export class SqlitePersonDeliveriesStore extends PersonDeliveriesStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async remove(userId: string, targets: readonly string[], limit: number): Promise<number> {
    const params = { user_id: userId, targets: JSON.stringify(targets), limit };
    return this.db.transaction(() => this.db.run(REMOVE, params));
  }
}

// Each part finds by the index what it is to remove: nothing that stays is walked over.
const REMOVE = `
  DELETE FROM deliveries WHERE seq IN (
    SELECT seq FROM deliveries INDEXED BY deliveries_of_user
    WHERE user_id = :user_id AND state IN ('delivered', 'dead')
    UNION ALL
    SELECT seq FROM deliveries INDEXED BY deliveries_of_user
    WHERE user_id = :user_id AND state = 'pending' AND target IN (SELECT value FROM json_each(:targets)) LIMIT :limit)`;
