import type { Model, QueryFilter } from 'mongoose';
import pLimit from 'p-limit';
import { KeyedQueue } from '../../common/index.js';
import {
  conversationOf,
  MessageStore,
  type Draft,
  type Marked,
  type Message,
  type MessageQuery,
  type ReadStep,
  type Stored,
  type Summary,
} from '../../messages/index.js';
import { ConflictError, deadline, retryUntilDeadline } from '../retry.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { ConversationDocument, MessageDocument } from './mongo-message-schema.js';

/** Conversations whose last message is read at the same time. */
const AT_ONCE = 10;

export class MongoMessageStore extends MessageStore {
  /** In a process the messages of one conversation wait for their turn: they would only take one another's number. */
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly messages: Model<MessageDocument>,
    private readonly conversations: Model<ConversationDocument>,
  ) {
    super();
  }

  async add(draft: Draft, key: string | null): Promise<Stored> {
    const giveUpAt = deadline();
    const conversation = conversationOf(draft.from, draft.to);
    const isTaken = (error: unknown) => error instanceof ConflictError;
    const attempt = () => this.tryAdd(draft, conversation, key);
    return this.queue.run(conversation, () => retryUntilDeadline(isTaken, attempt, { giveUpAt }), giveUpAt);
  }

  async find(id: string): Promise<Message | null> {
    return this.findOne({ _id: id });
  }

  /** Only what the majority has: clients remember numbers, so one that was shown must never stand for another message. */
  async listBetween(one: string, other: string, { after, before, limit }: MessageQuery): Promise<Message[]> {
    const seq = after === undefined ? before !== undefined && { seq: { $lt: before } } : { seq: { $gt: after } };
    const query = this.messages
      .find({ conversation: conversationOf(one, other), ...seq })
      .sort({ seq: after === undefined ? -1 : 1 })
      .limit(limit)
      .readConcern('majority');
    return (await reachable(query.lean<MessageDocument[]>())).map(toMessage);
  }

  async markRead(reader: string, from: string, { upTo, readAt, limit }: ReadStep): Promise<Marked> {
    const unread = { to: reader, from, readAt: null };
    const query = this.messages
      .find({ ...unread, seq: { $lte: upTo } }, { seq: 1 })
      .sort({ seq: 1 })
      .limit(limit);
    const found = await reachable(query.lean<Pick<MessageDocument, '_id' | 'seq'>[]>());
    const end = found.at(-1);
    if (!end) return { last: null, more: false };
    const step = this.messages.updateMany({ ...unread, seq: { $lte: end.seq } }, { $set: { readAt } });
    const { modifiedCount } = await reachable(step);
    // Somebody else may have marked the last one in between, at another time.
    return { last: modifiedCount > 0 ? await this.find(end._id) : null, more: found.length === limit };
  }

  async summarize(userId: string, others: readonly string[]): Promise<Map<string, Summary>> {
    const counts = await reachable(
      this.messages.aggregate<{ _id: string; unread: number }>([
        { $match: { to: userId, readAt: null, from: { $in: [...others] } } },
        { $group: { _id: '$from', unread: { $sum: 1 } } },
      ]),
    );
    const unread = new Map(counts.map((count) => [count._id, count.unread]));
    const turn = pLimit(AT_ONCE);
    const found = await Promise.all(
      others.map(async (other): Promise<[string, Summary][]> => {
        const [last] = await turn(() => this.listBetween(userId, other, { limit: 1 }));
        return last ? [[other, { last, unread: unread.get(other) ?? 0 }]] : [];
      }),
    );
    return new Map(found.flat());
  }

  async listOf(userId: string, after: string | null, limit: number): Promise<Message[]> {
    const filter = { $or: [{ from: userId }, { to: userId }], ...(after !== null && { _id: { $gt: after } }) };
    const query = this.messages.find(filter).sort({ _id: 1 }).limit(limit);
    return (await reachable(query.lean<MessageDocument[]>())).map(toMessage);
  }

  async remove(ids: readonly string[]): Promise<void> {
    await reachable(this.messages.deleteMany({ _id: { $in: [...ids] } }));
  }

  /** Throws `ConflictError` where another process took the number. */
  private async tryAdd(draft: Draft, conversation: string, key: string | null): Promise<Stored> {
    const sentAs = key === null ? null : `${draft.from}:${key}`;
    const newest = this.messages.findOne({ conversation }, { seq: 1 }).sort({ seq: -1 });
    const last = reachable(newest.lean<Pick<MessageDocument, 'seq'>>());
    const [found] = await Promise.all([last, this.moveConversation(draft, conversation)]);
    const message = { ...draft, seq: (found?.seq ?? 0) + 1 };
    const { id: _id, ...fields } = message;
    try {
      await reachable(this.messages.create({ _id, conversation, ...fields, ...(sentAs && { sentAs }) }));
      return { message, repeated: false };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const first = sentAs && (await this.findOne({ sentAs }));
    if (!first) throw new ConflictError();
    return { message: first, repeated: true };
  }

  /**
   * Written before its message: whoever dies in between leaves an order that is a little off, or an entry without messages, and never
   * a message without entry. Forward only: a message whose picture took long has an older id than one that overtook it.
   */
  private async moveConversation({ id, from, to }: Draft, conversation: string): Promise<void> {
    const update = { $setOnInsert: { people: [from, to] }, $max: { place: id } };
    try {
      await reachable(this.conversations.updateOne({ _id: conversation }, update, { upsert: true }));
    } catch (error) {
      // Two processes began the conversation at once.
      throw isDuplicateKey(error) ? new ConflictError() : error;
    }
  }

  private async findOne(filter: QueryFilter<MessageDocument>): Promise<Message | null> {
    const document = await reachable(this.messages.findOne(filter).lean<MessageDocument>());
    return document && toMessage(document);
  }
}

function toMessage({ _id, conversation: _, sentAs: __, ...message }: MessageDocument): Message {
  return { id: _id, ...message };
}
