import { Schema } from 'mongoose';
import type { Activity } from '../../activity/index.js';
import type { Erasure } from '../../personal-data/index.js';
import { need, text, whole } from './mongo-schemas.js';

/** `data` is JSON: whatever its members are called, they mean nothing to the database. */
export type ActivityDocument = Omit<Activity, 'id' | 'data'> & { _id: string; data: string | null };
export type ErasureDocument = Omit<Erasure, 'userId'> & { _id: string };

export const ActivitySchema = new Schema<ActivityDocument>(
  {
    _id: String,
    userId: need(String),
    sessionId: need(String),
    type: need(String),
    data: text,
    at: need(Date),
  },
  { ...whole, collection: 'activities' },
)
  .index({ sessionId: 1, at: -1, _id: -1 })
  .index({ userId: 1, at: -1, _id: -1 })
  .index({ at: 1 });

export const ErasureSchema = new Schema<ErasureDocument>(
  { _id: String, deletedAt: need(Date), dueAt: need(Date) },
  { ...whole, collection: 'erasures' },
).index({ dueAt: 1 });
