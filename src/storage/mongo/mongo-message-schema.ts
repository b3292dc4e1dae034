import { Schema } from 'mongoose';
import type { Message } from '../../messages/index.js';
import { need, text, time, whole } from './mongo-schemas.js';

/** `sentAs`: the sender and the idempotency key; absent where there was none. */
export type MessageDocument = Omit<Message, 'id'> & { _id: string; conversation: string; sentAs?: string };

/** Who has written with whom. `_id` is the pair, unique on any shard; a list asks all of them. */
export interface ConversationDocument {
  _id: string;
  people: [string, string];
  place: string;
}

/**
 * The first two indexes are what numbers and keys stand on: without them the service does not start. A sharded collection
 * could not have both, so this one stays on one shard.
 */
export const MessageSchema = new Schema<MessageDocument>(
  {
    _id: String,
    conversation: need(String),
    seq: need(Number),
    from: need(String),
    to: need(String),
    text,
    imageId: text,
    createdAt: need(Date),
    readAt: time,
    sentAs: String,
  },
  { ...whole, collection: 'messages' },
)
  .index({ conversation: 1, seq: 1 }, { unique: true })
  .index({ sentAs: 1 }, { unique: true, sparse: true })
  .index({ to: 1, readAt: 1, from: 1, seq: 1 })
  .index({ from: 1, to: 1 })
  .index({ from: 1, _id: 1 })
  .index({ to: 1, _id: 1 });

export const ConversationSchema = new Schema<ConversationDocument>(
  { _id: String, people: [need(String)], place: need(String) },
  { ...whole, collection: 'conversations' },
).index({ people: 1, place: -1 });
