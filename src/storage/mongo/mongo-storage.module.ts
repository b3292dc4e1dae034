import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { AccountStore } from '../../accounts/index.js';
import { DirectoryStore } from '../../admin/index.js';
import { AuditStore } from '../../audit/index.js';
import { ClaimCodeStore, ThrottleStore } from '../../auth/index.js';
import { Clock } from '../../common/index.js';
import { DeliveryStore, WebhookStore } from '../../delivery/index.js';
import { MessageStore } from '../../messages/index.js';
import { ImageStore } from '../../media/index.js';
import { NotificationStore } from '../../notifications/index.js';
import { OutboxStore } from '../../outbox/index.js';
import { KeyStore } from '../../common/index.js';
import { PolicyStore, SessionStore } from '../../sessions/index.js';
import { PeopleStore } from '../../users/index.js';
import { StoreHealth } from '../store-health.js';
import { MongoAccountStore } from './mongo-account.store.js';
import { MongoClaimCodeStore } from './mongo-claim-code.store.js';
import { connectionOptions, refuseUselessUri } from './mongo-connection.js';
import { MongoDeliveryStore } from './mongo-delivery.store.js';
import { MongoAuditStore } from './mongo-audit.store.js';
import { MongoDirectoryStore } from './mongo-directory.store.js';
import { reachable } from './mongo-errors.js';
import { MongoIdentifierClaims } from './mongo-identifier-claims.js';
import { MongoImageStore } from './mongo-image.store.js';
import { MongoIndexes } from './mongo-indexes.js';
import { MongoKeyStore } from './mongo-key.store.js';
import { MessageSchema, type ConversationDocument, type MessageDocument } from './mongo-message-schema.js';
import { MongoMessageStore } from './mongo-message.store.js';
import { ImageSchema, type ImageDocument } from './mongo-media-schemas.js';
import { MongoMigrator } from './mongo-migrator.js';
import { MongoNotificationStore } from './mongo-notification.store.js';
import { MongoOutboxStore } from './mongo-outbox.store.js';
import { PERSONAL_MODELS, PERSONAL_STORES } from './mongo-personal-stores.js';
import { MongoPeopleStore } from './mongo-people.store.js';
import { MongoPolicyStore } from './mongo-policy.store.js';
import {
  EndedSessionSchema,
  IdentifierSchema,
  LiveSessionSchema,
  UserSchema,
  type EndedSessionDocument,
  type IdentifierDocument,
  type LiveSessionDocument,
  type UserDocument,
} from './mongo-account-schemas.js';
import {
  ClaimCodeSchema,
  KeySchema,
  NotificationSchema,
  SchemaStateSchema,
  ThrottleSchema,
  type ClaimCodeDocument,
  type KeyDocument,
  type NotificationDocument,
  type SchemaStateDocument,
  type ThrottleDocument,
} from './mongo-schemas.js';
import { MongoSessionStore } from './mongo-session.store.js';
import { MongoSetup } from './mongo-setup.js';
import { MongoThrottleStore } from './mongo-throttle.store.js';
import { MongoWebhookStore } from './mongo-webhook.store.js';
import { AuditSchema, DeliverySchema, PolicySchema, WebhookSchema } from './mongo-operator-schemas.js';
import type { AuditDocument, DeliveryDocument, PolicyDocument, WebhookDocument } from './mongo-operator-schemas.js';

export const MODELS = [
  { name: 'User', schema: UserSchema },
  { name: 'Identifier', schema: IdentifierSchema },
  { name: 'EndedSession', schema: EndedSessionSchema },
  { name: 'Notification', schema: NotificationSchema },
  { name: 'Throttle', schema: ThrottleSchema },
  { name: 'ClaimCode', schema: ClaimCodeSchema },
  { name: 'Key', schema: KeySchema },
  { name: 'Webhook', schema: WebhookSchema },
  { name: 'Delivery', schema: DeliverySchema },
  { name: 'Policy', schema: PolicySchema },
  { name: 'LiveSession', schema: LiveSessionSchema },
  { name: 'Audit', schema: AuditSchema },
  { name: 'Message', schema: MessageSchema },
  ...PERSONAL_MODELS,
  { name: 'Image', schema: ImageSchema },
  { name: 'SchemaState', schema: SchemaStateSchema },
];

const [
  users,
  identifiers,
  history,
  notifications,
  throttles,
  keys,
  webhooks,
  deliveries,
  policies,
  live,
  audit,
  messages,
  images,
] = [
  getModelToken('User'),
  getModelToken('Identifier'),
  getModelToken('EndedSession'),
  getModelToken('Notification'),
  getModelToken('Throttle'),
  getModelToken('Key'),
  getModelToken('Webhook'),
  getModelToken('Delivery'),
  getModelToken('Policy'),
  getModelToken('LiveSession'),
  getModelToken('Audit'),
  getModelToken('Message'),
  getModelToken('Image'),
];

/** Where sessions are, one after the other. */
type SessionModels = [Model<UserDocument>, Model<LiveSessionDocument>, Model<EndedSessionDocument>];

const STORES: Provider[] = [
  ...PERSONAL_STORES,
  {
    provide: AccountStore,
    inject: [users, identifiers, Clock],
    useFactory: (user: Model<UserDocument>, identifier: Model<IdentifierDocument>, clock: Clock) =>
      new MongoAccountStore(user, identifier, new MongoIdentifierClaims(identifier, user, clock), clock),
  },
  {
    provide: SessionStore,
    inject: [users, live, history],
    useFactory: (...models: SessionModels) => new MongoSessionStore(...models),
  },
  {
    provide: OutboxStore,
    inject: [users, live, history],
    useFactory: (...models: SessionModels) => new MongoOutboxStore(...models),
  },
  {
    provide: NotificationStore,
    inject: [notifications],
    useFactory: (notification: Model<NotificationDocument>) => new MongoNotificationStore(notification),
  },
  {
    provide: MessageStore,
    inject: [messages, getModelToken('Conversation')],
    useFactory: (message: Model<MessageDocument>, conversation: Model<ConversationDocument>) =>
      new MongoMessageStore(message, conversation),
  },
  {
    provide: PeopleStore,
    inject: [users],
    useFactory: (user: Model<UserDocument>) => new MongoPeopleStore(user),
  },
  {
    provide: DirectoryStore,
    inject: [users, live, history],
    useFactory: (...models: SessionModels) => new MongoDirectoryStore(...models),
  },
  {
    provide: AuditStore,
    inject: [audit],
    useFactory: (entries: Model<AuditDocument>) => new MongoAuditStore(entries),
  },
  {
    provide: PolicyStore,
    inject: [policies],
    useFactory: (policy: Model<PolicyDocument>) => new MongoPolicyStore(policy),
  },
  {
    provide: ThrottleStore,
    inject: [throttles],
    useFactory: (throttle: Model<ThrottleDocument>) => new MongoThrottleStore(throttle),
  },
  {
    provide: ClaimCodeStore,
    inject: [getModelToken('ClaimCode')],
    useFactory: (codes: Model<ClaimCodeDocument>) => new MongoClaimCodeStore(codes),
  },
  {
    provide: KeyStore,
    inject: [keys],
    useFactory: (key: Model<KeyDocument>) => new MongoKeyStore(key),
  },
  {
    provide: WebhookStore,
    inject: [webhooks],
    useFactory: (webhook: Model<WebhookDocument>) => new MongoWebhookStore(webhook),
  },
  {
    provide: DeliveryStore,
    inject: [deliveries],
    useFactory: (delivery: Model<DeliveryDocument>) => new MongoDeliveryStore(delivery),
  },
  {
    provide: ImageStore,
    inject: [images],
    useFactory: (image: Model<ImageDocument>) => new MongoImageStore(image),
  },
  {
    provide: StoreHealth,
    inject: [getConnectionToken()],
    useFactory: (connection: Connection): StoreHealth => ({
      check: async () => {
        await reachable(connection.db!.command({ ping: 1 }));
      },
    }),
  },
];

const setupOf = (uri: string): Provider => ({
  provide: MongoSetup,
  inject: [getConnectionToken(), getModelToken('SchemaState'), Clock],
  useFactory: (connection: Connection, states: Model<SchemaStateDocument>, clock: Clock) =>
    new MongoSetup(uri, connection, new MongoIndexes(connection), new MongoMigrator(connection, states, clock)),
});

@Module({})
export class MongoStorageModule {
  static connect(uri: string): DynamicModule {
    const connection = MongooseModule.forRootAsync({
      useFactory: async () => {
        await refuseUselessUri(uri);
        return { uri, ...connectionOptions(uri) };
      },
    });
    const imports = [connection, MongooseModule.forFeature(MODELS)];
    return { module: MongoStorageModule, imports, providers: [setupOf(uri), ...STORES], exports: STORES };
  }
}
