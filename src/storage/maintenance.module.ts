import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../config/index.js';
import { MongoStoreMaintenance } from './mongo/mongo-store-maintenance.js';
import { SqliteStoreMaintenance } from './sqlite/sqlite-store-maintenance.js';
import { StoreMaintenance } from './store-maintenance.js';

/** For the command line alone: the service itself does without. */
@Module({})
export class MaintenanceModule {
  static with({ mongodbUri, databaseFile }: Config): DynamicModule {
    const useFactory = (): StoreMaintenance =>
      mongodbUri ? new MongoStoreMaintenance(mongodbUri) : new SqliteStoreMaintenance(databaseFile);
    return {
      module: MaintenanceModule,
      providers: [{ provide: StoreMaintenance, useFactory }],
      exports: [StoreMaintenance],
    };
  }
}
