import mongoose, { type Connection } from 'mongoose';
import { BackupError, collisionNote, StoreMaintenance } from '../store-maintenance.js';
import { connectionOptions } from './mongo-connection.js';
import { MIGRATIONS } from './mongo-migrations.js';
import type { SchemaStateDocument } from './mongo-schemas.js';
import type { AuditDocument } from './mongo-operator-schemas.js';
import { MODELS } from './mongo-storage.module.js';

export class MongoStoreMaintenance extends StoreMaintenance {
  constructor(private readonly uri: string) {
    super();
  }

  async backUp(): Promise<void> {
    throw new BackupError('The store is MongoDB: back it up with mongodump or with snapshots of its volumes.');
  }

  async findFaults(): Promise<string[]> {
    return this.ask(async (connection) => {
      const faults = await this.unapplied(connection);
      for (const { name, schema } of MODELS) {
        const { toCreate } = await connection.model(name, schema).diffIndexes();
        faults.push(
          ...toCreate.map((index) => `${name} has no index on ${JSON.stringify(index)}; the next start builds it`),
        );
      }
      return faults;
    }).catch((error: unknown) => [`MongoDB cannot be reached: ${(error as Error).name}`]);
  }

  /** None where the database cannot be reached, which is a fault. */
  async findNotes(): Promise<string[]> {
    return this.ask(async (connection) => {
      const collided = { type: 'contact.changed', 'details.keptById': { $exists: true } };
      const entries = connection.collection<AuditDocument>('audit').find(collided).sort({ at: 1, _id: 1 });
      return (await entries.toArray()).map(({ userId, details, at }) =>
        collisionNote(userId!, details.keptById as string, at),
      );
    }).catch(() => []);
  }

  private async ask<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = mongoose.createConnection(this.uri, connectionOptions(this.uri));
    try {
      await connection.asPromise();
      return await work(connection);
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
