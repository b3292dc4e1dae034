import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { MongoStorageModule } from './mongo/mongo-storage.module.js';
import { SqliteStorageModule } from './sqlite/sqlite-storage.module.js';

/** Picks the adapters of all ports by the configuration. */
@Global()
@Module({})
export class StorageModule {
  static with(config: Config): DynamicModule {
    const engine = config.mongodbUri
      ? MongoStorageModule.connect(config.mongodbUri)
      : SqliteStorageModule.open(config.databaseFile);
    return { module: StorageModule, imports: [engine], exports: [engine] };
  }
}
