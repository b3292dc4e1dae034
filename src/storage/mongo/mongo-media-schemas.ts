import { Schema } from 'mongoose';
import type { Image } from '../../media/index.js';
import { need, text, whole } from './mongo-schemas.js';

export type ImageDocument = Omit<Image, 'id'> & { _id: string };

export const ImageSchema = new Schema<ImageDocument>(
  {
    _id: String,
    ownerId: need(String),
    use: need(String),
    messageId: text,
    viewers: [String],
    confirmed: need(Boolean),
    createdAt: need(Date),
  },
  { ...whole, collection: 'images' },
)
  .index({ ownerId: 1, _id: 1 })
  // Partial, as on SQLite: nearly every picture is confirmed, and most belong to messages.
  .index({ createdAt: 1, _id: 1 }, { partialFilterExpression: { confirmed: false } })
  .index({ use: 1, _id: 1 }, { name: 'avatars', partialFilterExpression: { use: 'avatar' } });
