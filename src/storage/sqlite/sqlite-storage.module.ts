import {
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { AccountStore, normalizeStoredEmail } from '../../accounts/index.js';
import { ActivityStore } from '../../activity/index.js';
import { DirectoryStore } from '../../admin/index.js';
import { AuditStore } from '../../audit/index.js';
import { ClaimCodeStore, ThrottleStore } from '../../auth/index.js';
import { DeliveryStore, PersonDeliveriesStore, WebhookStore } from '../../delivery/index.js';
import { ImageStore } from '../../media/index.js';
import { ConversationStore, MessageStore } from '../../messages/index.js';
import { NotificationStore } from '../../notifications/index.js';
import { OutboxStore } from '../../outbox/index.js';
import { ErasureStore } from '../../personal-data/index.js';
import { Clock, KeyStore } from '../../common/index.js';
import { LastSeenStore, PolicyStore, SessionHistoryStore, SessionStore } from '../../sessions/index.js';
import { PeopleStore } from '../../users/index.js';
import { StoreHealth } from '../store-health.js';
import { SqliteAccountStore } from './sqlite-account.store.js';
import { SqliteActivityStore } from './sqlite-activity.store.js';
import { SqliteAuditStore } from './sqlite-audit.store.js';
import { SqliteClaimCodeStore } from './sqlite-claim-code.store.js';
import { SqliteConversationStore } from './sqlite-conversation.store.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteKeyStore } from './sqlite-key.store.js';
import { SqliteDeliveryStore } from './sqlite-delivery.store.js';
import { SqliteDirectoryStore } from './sqlite-directory.store.js';
import { SqliteLastSeenStore } from './sqlite-last-seen.store.js';
import { SqliteMessageStore } from './sqlite-message.store.js';
import { SqliteErasureStore } from './sqlite-erasure.store.js';
import { SqliteImageStore } from './sqlite-image.store.js';
import { SqliteNotificationStore } from './sqlite-notification.store.js';
import { SqliteOutboxStore } from './sqlite-outbox.store.js';
import { SqlitePersonDeliveriesStore } from './sqlite-person-deliveries.store.js';
import { SqlitePeopleStore } from './sqlite-people.store.js';
import { SqlitePolicyStore } from './sqlite-policy.store.js';
import { SqliteSessionHistoryStore } from './sqlite-session-history.store.js';
import { SqliteSessionStore } from './sqlite-session.store.js';
import { SqliteThrottleStore } from './sqlite-throttle.store.js';
import { SqliteWebhookStore } from './sqlite-webhook.store.js';

const inject = [SqliteDatabase];

const STORES: Provider[] = [
  {
    provide: AccountStore,
    inject: [...inject, Clock],
    useFactory: (db: SqliteDatabase, clock: Clock) => new SqliteAccountStore(db, clock),
  },
  { provide: SessionStore, inject, useFactory: (db: SqliteDatabase) => new SqliteSessionStore(db) },
  {
    provide: SessionHistoryStore,
    inject,
    useFactory: (db: SqliteDatabase) => new SqliteSessionHistoryStore(db),
  },
  { provide: LastSeenStore, inject, useFactory: (db: SqliteDatabase) => new SqliteLastSeenStore(db) },
  { provide: OutboxStore, inject, useFactory: (db: SqliteDatabase) => new SqliteOutboxStore(db) },
  { provide: NotificationStore, inject, useFactory: (db: SqliteDatabase) => new SqliteNotificationStore(db) },
  { provide: MessageStore, inject, useFactory: (db: SqliteDatabase) => new SqliteMessageStore(db) },
  { provide: ConversationStore, inject, useFactory: (db: SqliteDatabase) => new SqliteConversationStore(db) },
  { provide: PolicyStore, inject, useFactory: (db: SqliteDatabase) => new SqlitePolicyStore(db) },
  { provide: PeopleStore, inject, useFactory: (db: SqliteDatabase) => new SqlitePeopleStore(db) },
  { provide: DirectoryStore, inject, useFactory: (db: SqliteDatabase) => new SqliteDirectoryStore(db) },
  { provide: AuditStore, inject, useFactory: (db: SqliteDatabase) => new SqliteAuditStore(db) },
  { provide: ThrottleStore, inject, useFactory: (db: SqliteDatabase) => new SqliteThrottleStore(db) },
  { provide: ClaimCodeStore, inject, useFactory: (db: SqliteDatabase) => new SqliteClaimCodeStore(db) },
  { provide: KeyStore, inject, useFactory: (db: SqliteDatabase) => new SqliteKeyStore(db) },
  { provide: WebhookStore, inject, useFactory: (db: SqliteDatabase) => new SqliteWebhookStore(db) },
  { provide: DeliveryStore, inject, useFactory: (db: SqliteDatabase) => new SqliteDeliveryStore(db) },
  { provide: ImageStore, inject, useFactory: (db: SqliteDatabase) => new SqliteImageStore(db) },
  {
    provide: PersonDeliveriesStore,
    inject,
    useFactory: (db: SqliteDatabase) => new SqlitePersonDeliveriesStore(db),
  },
  { provide: ActivityStore, inject, useFactory: (db: SqliteDatabase) => new SqliteActivityStore(db) },
  { provide: ErasureStore, inject, useFactory: (db: SqliteDatabase) => new SqliteErasureStore(db) },
  {
    provide: StoreHealth,
    inject,
    // A statement without a table would be answered by a file that is gone.
    useFactory: (db: SqliteDatabase): StoreHealth => ({
      check: async () => void db.get('SELECT 1 FROM users LIMIT 1'),
    }),
  },
];

@Module({})
export class SqliteStorageModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
  ) {}

  static open(file: string): DynamicModule {
    const database = { provide: SqliteDatabase, useFactory: () => new SqliteDatabase(file) };
    const providers = [database, ...STORES];
    // Global modules are shut down last: until then others write what they still hold.
    return { module: SqliteStorageModule, global: true, providers, exports: [SqliteDatabase, ...STORES] };
  }

  /** What a migration has left to do that takes decisions. */
  async onModuleInit(): Promise<void> {
    const waiting = this.database.all<{ user_id: string }>('SELECT user_id FROM emails_to_normalize', {});
    for (const { user_id: id } of waiting) {
      await normalizeStoredEmail(this.accounts, id, this.clock.now());
      this.database.run('DELETE FROM emails_to_normalize WHERE user_id = :id', { id });
    }
  }

  onApplicationShutdown(): void {
    this.database.close();
  }
}
