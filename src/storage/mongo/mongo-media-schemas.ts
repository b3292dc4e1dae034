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
  .index({ confirmed: 1, createdAt: 1, _id: 1 })
  .index({ use: 1, _id: 1 });
