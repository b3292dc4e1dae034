import type { Model } from 'mongoose';
import { ConversationStore, type ConversationEntry, type ConversationQuery } from '../../messages/index.js';
import { reachable } from './mongo-errors.js';
import type { ConversationDocument } from './mongo-message-schema.js';

export class MongoConversationStore extends ConversationStore {
  constructor(private readonly conversations: Model<ConversationDocument>) {
    super();
  }

  async listOf(userId: string, { after, before, limit }: ConversationQuery): Promise<ConversationEntry[]> {
    const place = after === undefined ? before !== undefined && { place: { $lt: before } } : { place: { $gt: after } };
    const query = this.conversations
      .find({ people: userId, ...place })
      .sort({ place: after === undefined ? -1 : 1 })
      .limit(limit);
    const documents = await reachable(query.lean<ConversationDocument[]>());
    return documents.map(({ people: [one, other], place }) => ({ other: one === userId ? other : one, place }));
  }

  async removeOf(userId: string, limit: number): Promise<number> {
    const query = this.conversations.find({ people: userId }, { _id: 1 }).limit(limit);
    const ids = (await reachable(query.lean<ConversationDocument[]>())).map(({ _id }) => _id);
    await reachable(this.conversations.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }
}
