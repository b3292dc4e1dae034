import { Schema } from 'mongoose';
import type {
  Account,
  AccountEvent,
  ContactChannel,
  DeviceClass,
  EndedSession,
  Session,
} from '../../accounts/index.js';
import { need, part, text, time, whole } from './mongo-schemas.js';

/** A waiting event. That of an ended session keeps the tokens' hashes beside it, for until it is pulled it is the tombstone. */
export type OutboxEntry = AccountEvent & { readonly tokenHash?: string; readonly rotation?: Session['rotation'] };

/** The user's document is the account, with what the protocol of `MongoAccountStore` needs beside it. */
export interface UserDocument extends Omit<Account, 'id'> {
  _id: string;
  /** Counts commits; each one is a compare-and-set on it. */
  version: number;
  /** Ids of the latest changes: a change whose answer was lost finds out here whether it was committed. */
  commits: string[];
  /** Not complete: its first identifiers are still being claimed. */
  pending: boolean;
  /** `by` is the change that announced the claim: no other change may take it for made. */
  claiming: { key: string; at: Date; by: string }[];
  /** Later than `live[].lastSeenAt`, by session id; outside of `live`, so that a use never conflicts with a commit. */
  seen: Record<string, Date>;
  outbox: OutboxEntry[];
  /** Since when the outbox has not been empty; absent while it is. */
  pendingSince?: Date;
  /** Never later than the moment at which the first live session is overdue; absent where none is live. */
  dueAt?: Date;
  /** When the account is to be deleted; absent where nobody waits for it. */
  deletesAt?: Date;
  /** What a version between 0.1.0 and the present one has kept in the place of `formerIdentifiers`. */
  formerContacts?: FormerContact[];
}

/** A verified contact that had been replaced. */
export interface FormerContact {
  channel: ContactChannel;
  contact: string;
  since: Date;
  until: Date;
}

/** Who holds an identifier. Unique by `_id`, which holds on any shard. */
export interface IdentifierDocument {
  _id: string;
  userId: string;
  /** Changes with every claim, so that nobody takes over or releases a claim other than the one they looked at. */
  nonce: string;
}

/** Whose document a live session stands in: for lists over all users. The document alone says whether it is live. */
export interface LiveSessionDocument {
  _id: string;
  userId: string;
  ip: string;
  deviceClass: DeviceClass;
}

export type EndedSessionDocument = Omit<EndedSession, 'id'> & { _id: string };
const deviceSummary = new Schema(
  { id: need(String), name: need(String), class: need(String), browser: text, os: text },
  part,
);

const session = {
  userId: need(String),
  tokenHash: need(String),
  rotation: { type: Schema.Types.Mixed, default: null } as never,
  credentialVersion: { type: Number, default: null },
  provedAt: time,
  provedBy: text,
  device: need(deviceSummary),
  ip: need(String),
  askedFrom: text,
  userAgent: String,
  createdAt: need(Date),
  lastSeenAt: need(Date),
  idleTimeout: need(Number),
  expiresAt: need(Date),
};

const device = new Schema(
  {
    ...deviceSummary.obj,
    keyHash: need(String),
    signature: need(String),
    network: need(String),
    firstSeenAt: need(Date),
    since: need(Date),
    lastSeenAt: need(Date),
    provenAt: time,
    confirmedAt: time,
    blockedAt: time,
  },
  part,
);

const ticket = new Schema(
  {
    hash: need(String),
    expiresAt: need(Date),
    credentialVersion: { type: Number, default: null },
    provedBy: text,
    vouched: { type: Schema.Types.Mixed, default: null },
    holder: { type: Schema.Types.Mixed, default: null },
    request: { type: Schema.Types.Mixed, default: null },
  },
  part,
);

const code = new Schema(
  {
    id: need(String),
    requestHash: text,
    bySettled: need(Boolean),
    purpose: need(String),
    channel: need(String),
    contact: need(String),
    hash: need(String),
    expiresAt: need(Date),
    triesLeft: need(Number),
  },
  part,
);

/** Who has waiting events is asked for by this index alone. */
export const WAITING = { pendingSince: 1 } as const;

export const UserSchema = new Schema<UserDocument>(
  {
    _id: String,
    version: need(Number),
    commits: [String],
    pending: need(Boolean),
    claiming: [new Schema({ key: need(String), at: need(Date), by: need(String) }, part)],
    mobile: text,
    username: text,
    email: text,
    mobileVerifiedAt: time,
    emailVerifiedAt: time,
    displayName: text,
    avatarUrl: text,
    locale: text,
    role: need(String),
    passwordHash: text,
    credentialVersion: need(Number),
    createdAt: need(Date),
    lockedAt: time,
    deletedAt: time,
    firstLoginAt: time,
    live: [new Schema({ id: need(String), ...session }, part)],
    devices: [device],
    tickets: [ticket],
    codes: [code],
    mobileAddedAt: time,
    emailAddedAt: time,
    mobileSince: time,
    emailSince: time,
    distrustedSince: time,
    identifiersSetBy: { type: Schema.Types.Mixed, default: {} },
    formerIdentifiers: { type: [Schema.Types.Mixed], default: [] } as never,
    formerPassword: { type: Schema.Types.Mixed, default: null },
    refusedPasswords: [String],
    postponed: { type: [Schema.Types.Mixed], default: [] } as never,
    recoveryLink: { type: Schema.Types.Mixed, default: null },
    reported: [String],
    seen: { type: Schema.Types.Mixed, default: {} },
    outbox: { type: [Schema.Types.Mixed], default: [] } as never,
    pendingSince: Date,
    dueAt: Date,
    deletesAt: Date,
  },
  { ...whole, collection: 'users' },
)
  .index(WAITING, { sparse: true })
  .index({ dueAt: 1 }, { sparse: true })
  .index({ deletesAt: 1 }, { sparse: true })
  .index({ 'live.id': 1 }, { sparse: true })
  .index({ 'outbox.session.id': 1 }, { sparse: true });

export const IdentifierSchema = new Schema<IdentifierDocument>(
  { _id: String, userId: need(String), nonce: need(String) },
  { ...whole, collection: 'identifiers' },
).index({ userId: 1 });

/** What an erasure has left to do: an index of its own holds it, as on SQLite, so that no batch walks over what is done. */
export const WITH_TRACES = { ip: { $gt: '' } };

export const EndedSessionSchema = new Schema<EndedSessionDocument>(
  {
    _id: String,
    ...session,
    endedAt: need(Date),
    endReason: need(String),
    endedBy: { type: Schema.Types.Mixed, default: null },
  },
  { ...whole, collection: 'ended_sessions' },
)
  .index({ userId: 1, _id: -1 })
  .index({ userId: -1, lastSeenAt: -1 })
  .index({ ip: 1, _id: -1 })
  .index({ 'device.class': 1, _id: -1 })
  .index({ endedAt: 1 })
  .index({ userId: 1 }, { partialFilterExpression: WITH_TRACES });

export const LiveSessionSchema = new Schema<LiveSessionDocument>(
  { _id: String, userId: need(String), ip: need(String), deviceClass: need(String) },
  { ...whole, collection: 'live_sessions' },
)
  .index({ ip: 1, _id: -1 })
  .index({ deviceClass: 1, _id: -1 });
