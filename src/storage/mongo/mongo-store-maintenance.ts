import mongoose, { type Connection } from 'mongoose';
import { BackupError, StoreMaintenance } from '../store-maintenance.js';
import { connectionOptions } from './mongo-connection.js';
import { MIGRATIONS } from './mongo-migrations.js';
import type { SchemaStateDocument } from './mongo-schemas.js';
import { MODELS } from './mongo-storage.module.js';

export class MongoStoreMaintenance extends StoreMaintenance {
  constructor(private readonly uri: string) {
    super();
  }

  async backUp(): Promise<void> {
    throw new BackupError('The store is MongoDB: back it up with mongodump or with snapshots of its volumes.');
  }

  async findFaults(): Promise<string[]> {
    const connection = mongoose.createConnection(this.uri, connectionOptions(this.uri));
    try {
      await connection.asPromise();
      const faults = await this.unapplied(connection);
      for (const { name, schema } of MODELS) {
        const { toCreate } = await connection.model(name, schema).diffIndexes();
        faults.push(
          ...toCreate.map((index) => `${name} has no index on ${JSON.stringify(index)}; the next start builds it`),
        );
      }
      return faults;
    } catch (error) {
      return [`MongoDB cannot be reached: ${(error as Error).name}`];
    } finally {
      await connection.close();
    }
  }

  private async unapplied(connection: Connection): Promise<string[]> {
    const state = await connection.collection<SchemaStateDocument>('schema').findOne();
    const missing = MIGRATIONS.length - (state?.version ?? 0);
    if (state && state.oldest > MIGRATIONS.length) return ['the database was written by a newer version of Oneseat'];
    return missing > 0 ? [`${missing} migrations are not applied; the next start applies them`] : [];
  }
}
