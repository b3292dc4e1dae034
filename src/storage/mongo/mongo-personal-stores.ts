import type { Provider } from '@nestjs/common';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ActivityStore } from '../../activity/index.js';
import { PersonDeliveriesStore } from '../../delivery/index.js';
import { ConversationStore } from '../../messages/index.js';
import { ErasureStore } from '../../personal-data/index.js';
import { LastSeenStore, SessionHistoryStore } from '../../sessions/index.js';
import { MongoActivityStore } from './mongo-activity.store.js';
import { MongoConversationStore } from './mongo-conversation.store.js';
import { MongoErasureStore } from './mongo-erasure.store.js';
import { MongoLastSeenStore } from './mongo-last-seen.store.js';
import { ConversationSchema, type ConversationDocument, type MessageDocument } from './mongo-message-schema.js';
import type { DeliveryDocument } from './mongo-operator-schemas.js';
import { MongoPersonDeliveriesStore } from './mongo-person-deliveries.store.js';
import { ActivitySchema, ErasureSchema } from './mongo-personal-schemas.js';
import type { ActivityDocument, ErasureDocument } from './mongo-personal-schemas.js';
import type { EndedSessionDocument, UserDocument } from './mongo-account-schemas.js';
import { MongoSessionHistoryStore } from './mongo-session-history.store.js';

export const PERSONAL_MODELS = [
  { name: 'Conversation', schema: ConversationSchema },
  { name: 'Activity', schema: ActivitySchema },
  { name: 'Erasure', schema: ErasureSchema },
];

/** What is kept of people beside their account, and how it is erased. */
export const PERSONAL_STORES: Provider[] = [
  {
    provide: ActivityStore,
    inject: [getModelToken('Activity')],
    useFactory: (activity: Model<ActivityDocument>) => new MongoActivityStore(activity),
  },
  {
    provide: ConversationStore,
    inject: [getModelToken('Conversation'), getModelToken('Message')],
    useFactory: (conversation: Model<ConversationDocument>, message: Model<MessageDocument>) =>
      new MongoConversationStore(conversation, message),
  },
  {
    provide: ErasureStore,
    inject: [getModelToken('Erasure')],
    useFactory: (erasure: Model<ErasureDocument>) => new MongoErasureStore(erasure),
  },
  {
    provide: SessionHistoryStore,
    inject: [getModelToken('EndedSession')],
    useFactory: (ended: Model<EndedSessionDocument>) => new MongoSessionHistoryStore(ended),
  },
  {
    provide: LastSeenStore,
    inject: [getModelToken('User'), getModelToken('EndedSession')],
    useFactory: (users: Model<UserDocument>, ended: Model<EndedSessionDocument>) =>
      new MongoLastSeenStore(users, ended),
  },
  {
    provide: PersonDeliveriesStore,
    inject: [getModelToken('Delivery')],
    useFactory: (delivery: Model<DeliveryDocument>) => new MongoPersonDeliveriesStore(delivery),
  },
];
