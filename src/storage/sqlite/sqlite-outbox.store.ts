import type { AccountEvent } from '../../accounts/index.js';
import { OutboxStore } from '../../outbox/index.js';
import { revive } from './sqlite-json.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A table that the account's transaction writes to. */
export class SqliteOutboxStore extends OutboxStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async list(userId: string): Promise<AccountEvent[]> {
    return this.db
      .all<{ event: string }>('SELECT event FROM outbox WHERE user_id = :user_id ORDER BY seq', { user_id: userId })
      .map(({ event }) => revive<AccountEvent>(event));
  }

  async listUsersWaitingSince(before: Date, after: string | null, limit: number): Promise<string[]> {
    const rows = this.db.all<{ user_id: string }>(LIST_WAITING, {
      before: before.getTime(),
      after: after ?? '',
      limit,
    });
    return rows.map((row) => row.user_id);
  }

  async remove(_userId: string, eventIds: readonly string[]): Promise<void> {
    await this.db.transaction(() => {
      for (const id of eventIds) this.db.run('DELETE FROM outbox WHERE id = :id', { id });
    });
  }

  async countWaiting(): Promise<number> {
    return this.db.get<{ waiting: number }>('SELECT count(DISTINCT user_id) AS waiting FROM outbox')?.waiting ?? 0;
  }
}

const LIST_WAITING = `
  SELECT DISTINCT user_id FROM outbox WHERE at < :before AND user_id > :after ORDER BY user_id LIMIT :limit`;
