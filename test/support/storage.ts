import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Accounts, AccountStore, type AccountEvent } from '../../src/accounts/index.js';
import { AuditStore } from '../../src/audit/index.js';
import { ActivityStore } from '../../src/activity/index.js';
import { DirectoryStore } from '../../src/admin/index.js';
import { ClaimCodeStore, ThrottleStore } from '../../src/auth/index.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { toConfig } from '../../src/config/index.js';
import { DeliveryStore, PersonDeliveriesStore, WebhookStore } from '../../src/delivery/index.js';
import { ImageStore } from '../../src/media/index.js';
import { ConversationStore, MessageStore } from '../../src/messages/index.js';
import { NotificationStore } from '../../src/notifications/index.js';
import { OutboxStore } from '../../src/outbox/index.js';
import { ErasureStore } from '../../src/personal-data/index.js';
import { LastSeenStore, PolicyStore, SessionHistoryStore, SessionStore } from '../../src/sessions/index.js';
import { StorageModule } from '../../src/storage/storage.module.js';
import { BASE_SETTINGS } from './app.js';
import { TestClock } from './clock.js';
import { PeopleStore } from '../../src/users/index.js';
import { newStore, type Engine, type TestStore } from './stores.js';

/** The ports of one process on a store, without the rest of the application. */
export interface TestStorage {
  readonly accountStore: AccountStore;
  /** Queues the changes of one account, as every process does. */
  readonly accounts: Accounts;
  readonly sessions: SessionStore;
  readonly history: SessionHistoryStore;
  readonly lastSeen: LastSeenStore;
  readonly outbox: OutboxStore;
  readonly notifications: NotificationStore;
  readonly messages: MessageStore;
  readonly conversations: ConversationStore;
  readonly throttles: ThrottleStore;
  readonly claimCodes: ClaimCodeStore;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  readonly personDeliveries: PersonDeliveriesStore;
  readonly activities: ActivityStore;
  readonly erasures: ErasureStore;
  readonly policies: PolicyStore;
  readonly people: PeopleStore;
  readonly directory: DirectoryStore;
  readonly audit: AuditStore;
  readonly images: ImageStore;
  readonly clock: TestClock;
  readonly context: INestApplicationContext;
  /** Hands the user's waiting events on: returns them, removed. */
  drain(userId: string): Promise<AccountEvent[]>;
  close(): Promise<void>;
}

@Module({})
class StorageOnly {}

/** Opened twice on one store, it stands for two processes. */
export async function openStorage(store: Pick<TestStore, 'settings'>): Promise<TestStorage> {
  const config = toConfig({ ...BASE_SETTINGS, ...store.settings });
  const clock = new TestClock();
  const imports = [ConfigModule.with(config, clock), StorageModule.with(config)];
  const context = await NestFactory.createApplicationContext({ module: StorageOnly, imports }, { logger: false });
  const accountStore = context.get(AccountStore);
  const outbox = context.get(OutboxStore);
  const drain = async (userId: string) => {
    const events = await outbox.list(userId);
    const ids = events.map(({ id }) => id);
    await outbox.remove(userId, ids);
    return events;
  };
  return {
    accountStore,
    accounts: new Accounts(accountStore),
    sessions: context.get(SessionStore),
    history: context.get(SessionHistoryStore),
    lastSeen: context.get(LastSeenStore),
    outbox,
    notifications: context.get(NotificationStore),
    messages: context.get(MessageStore),
    conversations: context.get(ConversationStore),
    throttles: context.get(ThrottleStore),
    claimCodes: context.get(ClaimCodeStore),
    webhooks: context.get(WebhookStore),
    deliveries: context.get(DeliveryStore),
    personDeliveries: context.get(PersonDeliveriesStore),
    activities: context.get(ActivityStore),
    erasures: context.get(ErasureStore),
    policies: context.get(PolicyStore),
    people: context.get(PeopleStore),
    directory: context.get(DirectoryStore),
    audit: context.get(AuditStore),
    images: context.get(ImageStore),
    clock,
    context,
    drain,
    close: () => context.close(),
  };
}

/** Two processes on a fresh store of their own. `close` ends it too. */
export async function openTwice(
  engine: Engine,
): Promise<{ one: TestStorage; two: TestStorage; close: () => Promise<void> }> {
  const store = newStore(engine);
  const [one, two] = [await openStorage(store), await openStorage(store)];
  const close = async () => {
    await one.close();
    await two.close();
    await store.dispose();
  };
  return { one, two, close };
}
