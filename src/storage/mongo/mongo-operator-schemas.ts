import { Schema } from 'mongoose';
import type { AuditEntry } from '../../audit/index.js';
import type { Delivery, Webhook } from '../../delivery/index.js';
import type { PolicyScope, SessionPolicy } from '../../sessions/index.js';
import { need, text, whole } from './mongo-schemas.js';

export type WebhookDocument = Omit<Webhook, 'id'> & { _id: string };
/** `seq` keeps the order within a lane. */
export type DeliveryDocument = Omit<Delivery, 'id'> & { _id: string; seq: number };
export type AuditDocument = Omit<AuditEntry, 'id'> & { _id: string; actorKey: string };
export type PolicyDocument = SessionPolicy & { _id: PolicyScope };

export const WebhookSchema = new Schema<WebhookDocument>(
  {
    _id: String,
    url: need(String),
    secret: need(String),
    events: [String],
    enabled: need(Boolean),
    createdAt: need(Date),
    formerSecrets: { type: [Schema.Types.Mixed], default: [] } as never,
    goneAt: { type: Date, default: null },
  },
  { ...whole, collection: 'webhooks' },
);

export const DeliverySchema = new Schema<DeliveryDocument>(
  {
    _id: String,
    seq: need(Number),
    target: need(String),
    userId: need(String),
    lane: need(String),
    eventType: need(String),
    payload: need(String),
    at: need(Date),
    state: need(String),
    since: need(Date),
    attempts: need(Number),
    nextAttemptAt: need(Date),
    lastError: text,
  },
  { ...whole, collection: 'deliveries' },
)
  .index({ target: 1, state: 1, nextAttemptAt: 1, seq: 1 })
  .index({ target: 1, lane: 1, seq: 1 })
  .index({ userId: 1, state: 1, target: 1 })
  .index({ target: 1, state: 1, at: -1, _id: -1 })
  .index({ state: 1, since: 1 });
export const PolicySchema = new Schema<PolicyDocument>(
  {
    _id: String,
    limit: { type: Number, default: null },
    per: need(String),
    onLimit: need(String),
    idleTimeout: need(Number),
    maxAge: need(Number),
  },
  { ...whole, collection: 'policies' },
);

export const AuditSchema = new Schema<AuditDocument>(
  {
    _id: String,
    at: need(Date),
    type: need(String),
    actorKey: need(String),
    actor: need(Schema.Types.Mixed),
    userId: text,
    details: { type: Schema.Types.Mixed, default: {} },
  },
  { ...whole, collection: 'audit' },
)
  .index({ at: -1, _id: -1 })
  .index({ userId: 1, at: -1, _id: -1 })
  .index({ actorKey: 1, at: -1, _id: -1 })
  .index({ type: 1, at: -1, _id: -1 });
