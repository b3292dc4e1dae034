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

const REMOVE = `
  DELETE FROM deliveries WHERE seq IN (
    SELECT seq FROM deliveries WHERE user_id = :user_id
    AND (state <> 'pending' OR target IN (SELECT value FROM json_each(:targets))) LIMIT :limit)`;
