import { Schema } from 'mongoose';
import type { ClaimCode } from '../../auth/index.js';
import type { Notification } from '../../notifications/index.js';

export type NotificationDocument = Omit<Notification, 'id'> & { _id: string };

export interface KeyDocument {
  _id: string;
  value: string;
}

export interface ThrottleDocument {
  _id: string;
  failures: number;
  lastAt: Date;
  expiresAt: Date;
}

export type ClaimCodeDocument = Omit<ClaimCode, 'requestHash'> & { _id: string };

/** What has been applied to the database: one document, beside which no node changes what is stored. */
export interface SchemaStateDocument {
  _id: string;
  /** The number of the last migration that is applied. */
  version: number;
  /** Code that knows fewer migrations must not serve. */
  oldest: number;
  /** How far the next one has come. */
  reached: string | null;
  /** Of the node that works on it. */
  lease: { by: string; until: Date } | null;
}

export const text = { type: String, default: null };
export const time = { type: Date, default: null };
export const need = <T>(type: T) => ({ type, required: true });
export const part = { _id: false, id: false } as const;

export const whole = { versionKey: false, minimize: false, id: false } as const;

export const NotificationSchema = new Schema<NotificationDocument>(
  {
    _id: String,
    userId: need(String),
    kind: need(String),
    createdAt: need(Date),
    readAt: time,
    sessionId: text,
    device: { type: Schema.Types.Mixed, default: null },
    ip: text,
    numbers: { type: Schema.Types.Mixed, default: null } as never,
  },
  { ...whole, collection: 'notifications' },
).index({ userId: 1, createdAt: -1, _id: -1 });

export const KeySchema = new Schema<KeyDocument>(
  { _id: String, value: need(String) },
  { ...whole, collection: 'keys' },
);

export const ThrottleSchema = new Schema<ThrottleDocument>(
  { _id: String, failures: need(Number), lastAt: need(Date), expiresAt: need(Date) },
  { ...whole, collection: 'throttles' },
).index({ expiresAt: 1 });

export const ClaimCodeSchema = new Schema<ClaimCodeDocument>(
  { _id: String, contactHash: need(String), hash: need(String), triesLeft: need(Number), expiresAt: need(Date) },
  { ...whole, collection: 'claim_codes' },
).index({ expiresAt: 1 });

export const SchemaStateSchema = new Schema<SchemaStateDocument>(
  {
    _id: String,
    version: need(Number),
    oldest: need(Number),
    reached: text,
    lease: { type: new Schema({ by: need(String), until: need(Date) }, part), default: null },
  },
  { ...whole, collection: 'schema' },
);
