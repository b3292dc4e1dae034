import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { AccountStore } from '../../accounts/index.js';
import { ThrottleStore } from '../../auth/index.js';
import { NotificationStore } from '../../notifications/index.js';
import { OutboxStore } from '../../outbox/index.js';
import { SessionStore } from '../../sessions/index.js';
import { StoreHealth } from '../store-health.js';
import { SqliteAccountStore } from './sqlite-account.store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteNotificationStore } from './sqlite-notification.store.js';
import { SqliteOutboxStore } from './sqlite-outbox.store.js';
import { SqliteSessionStore } from './sqlite-session.store.js';
import { SqliteThrottleStore } from './sqlite-throttle.store.js';

const inject = [SqliteDatabase];

const STORES: Provider[] = [
  { provide: AccountStore, inject, useFactory: (db: SqliteDatabase) => new SqliteAccountStore(db) },
  { provide: SessionStore, inject, useFactory: (db: SqliteDatabase) => new SqliteSessionStore(db) },
  { provide: OutboxStore, inject, useFactory: (db: SqliteDatabase) => new SqliteOutboxStore(db) },
  { provide: NotificationStore, inject, useFactory: (db: SqliteDatabase) => new SqliteNotificationStore(db) },
  { provide: ThrottleStore, inject, useFactory: (db: SqliteDatabase) => new SqliteThrottleStore(db) },
  {
    provide: StoreHealth,
    inject,
    useFactory: (db: SqliteDatabase): StoreHealth => ({ check: async () => void db.get('SELECT 1') }),
  },
];

@Module({})
export class SqliteStorageModule {
  static open(file: string): DynamicModule {
    const database = { provide: SqliteDatabase, useFactory: () => new SqliteDatabase(file) };
    return { module: SqliteStorageModule, providers: [database, ...STORES], exports: [SqliteDatabase, ...STORES] };
  }
}
