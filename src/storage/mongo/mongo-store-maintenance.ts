import mongoose from 'mongoose';
import { BackupError, StoreMaintenance } from '../store-maintenance.js';
import { MODELS, OPTIONS } from './mongo-storage.module.js';

export class MongoStoreMaintenance extends StoreMaintenance {
  constructor(private readonly uri: string) {
    super();
  }

  async backUp(): Promise<void> {
    throw new BackupError('The store is MongoDB: back it up with mongodump or with snapshots of its volumes.');
  }

  async findFaults(): Promise<string[]> {
    const connection = mongoose.createConnection(this.uri, OPTIONS);
    try {
      await connection.asPromise();
      const faults: string[] = [];
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
}
