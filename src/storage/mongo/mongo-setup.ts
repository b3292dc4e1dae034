import type { OnModuleInit } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { refuseForgottenData } from './mongo-connection.js';
import type { MongoIndexes } from './mongo-indexes.js';
import type { MongoMigrator } from './mongo-migrator.js';

/** Makes the database ready before anything is served. Throws `UnfitStoreError` where it must not be. */
export class MongoSetup implements OnModuleInit {
  constructor(
    private readonly uri: string,
    private readonly connection: Connection,
    private readonly indexes: MongoIndexes,
    private readonly migrator: MongoMigrator,
  ) {}

  async onModuleInit(): Promise<void> {
    await refuseForgottenData(this.uri, this.connection);
    await this.migrator.refuseNewer();
    await this.indexes.build();
    await this.migrator.run();
  }
}
