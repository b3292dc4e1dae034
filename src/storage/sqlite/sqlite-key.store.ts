import { KeyStore } from '../../common/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

export class SqliteKeyStore extends KeyStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async getOrCreate(name: string, fresh: string): Promise<string> {
    const params = { name, value: fresh };
    await this.db.transaction(() => this.db.run(INSERT, params));
    return this.db.get<{ value: string }>('SELECT value FROM keys WHERE name = :name', { name })!.value;
  }
}

const INSERT = 'INSERT INTO keys (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING';
