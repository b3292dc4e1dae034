import type { Model } from 'mongoose';
import pLimit from 'p-limit';
import {
  conversationOf,
  ConversationStore,
  type ConversationEntry,
  type ConversationQuery,
} from '../../messages/index.js';
import { reachable } from './mongo-errors.js';
import type { ConversationDocument, MessageDocument } from './mongo-message-schema.js';

/** People who are asked about at the same time. */
const AT_ONCE = 10;

export class MongoConversationStore extends ConversationStore {
  constructor(
    private readonly conversations: Model<ConversationDocument>,
    private readonly messages: Model<MessageDocument>,
  ) {
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

  async listMutual(userId: string, others: readonly string[]): Promise<Set<string>> {
    const pairs = others.map((other) => conversationOf(userId, other));
    const begun = await reachable(
      this.conversations.find({ _id: { $in: pairs } }, { people: 1 }).lean<ConversationDocument[]>(),
    );
    const turn = pLimit(AT_ONCE);
    const found = await Promise.all(
      begun.map(({ people: [one, other] }) =>
        turn(async () => {
          const both = (await this.hasWritten(one, other)) && (await this.hasWritten(other, one));
          return both ? [one === userId ? other : one] : [];
        }),
      ),
    );
    return new Set(found.flat());
  }

  async removeOf(userId: string, limit: number): Promise<number> {
    const query = this.conversations.find({ people: userId }, { _id: 1 }).limit(limit);
    const ids = (await reachable(query.lean<ConversationDocument[]>())).map(({ _id }) => _id);
    await reachable(this.conversations.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }

  private async hasWritten(from: string, to: string): Promise<boolean> {
    return (await reachable(this.messages.exists({ from, to }))) !== null;
  }
}
