import { ErasureStore, type Erasure } from '../../personal-data/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface ErasureRow {
  user_id: string;
  deleted_at: number;
  due_at: number;
}

/** What was erased before `put` and `remove` is gone from the write-ahead log as well: nothing else may be written for a long time. */
export class SqliteErasureStore extends ErasureStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(erasure: Erasure): Promise<void> {
    await this.db.transaction(() => this.db.run(ADD, toRow(erasure)));
  }

  async put(erasure: Erasure): Promise<void> {
    await this.db.transaction(() => this.db.run(PUT, toRow(erasure)));
    this.db.checkpoint();
  }

  async listDue(now: Date, limit: number): Promise<Erasure[]> {
    return this.db.all<ErasureRow>(LIST_DUE, { now: now.getTime(), limit }).map(fromRow);
  }

  async remove(userId: string): Promise<void> {
    await this.db.transaction(() => this.db.run(REMOVE, { user_id: userId }));
    this.db.checkpoint();
  }
}

const INSERT = 'INSERT INTO erasures (user_id, deleted_at, due_at) VALUES (:user_id, :deleted_at, :due_at)';

const ADD = `${INSERT} ON CONFLICT (user_id) DO NOTHING`;

const PUT = `${INSERT} ON CONFLICT (user_id) DO UPDATE SET deleted_at = :deleted_at, due_at = :due_at`;

const REMOVE = 'DELETE FROM erasures WHERE user_id = :user_id';

const LIST_DUE = 'SELECT * FROM erasures WHERE due_at <= :now ORDER BY due_at LIMIT :limit';

function toRow({ userId, deletedAt, dueAt }: Erasure) {
  return { user_id: userId, deleted_at: deletedAt.getTime(), due_at: dueAt.getTime() };
}

function fromRow({ user_id, deleted_at, due_at }: ErasureRow): Erasure {
  return { userId: user_id, deletedAt: new Date(deleted_at), dueAt: new Date(due_at) };
}
