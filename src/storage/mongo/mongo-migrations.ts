import type { Connection, Model } from 'mongoose';
import { normalizeStoredEmail } from '../../accounts/index.js';
import type { Clock } from '../../common/index.js';
import { MongoAccountStore } from './mongo-account.store.js';
import { asUnavailable } from './mongo-errors.js';
import { MongoIdentifierClaims } from './mongo-identifier-claims.js';
import type { IdentifierDocument, LiveSessionDocument, UserDocument } from './mongo-account-schemas.js';

/**
 * Does a bounded part of a migration, what comes behind `after`. Returns where it has come to; null once nothing is left.
 * It may be done again, by another node at the same time too, and nodes of the version before write meanwhile: so it takes away
 * nothing but what it has added itself and what is no longer true.
 */
export type MongoMigration = (connection: Connection, after: string | null, clock: Clock) => Promise<string | null>;

/** Documents that are read at once. */
const BATCH = 200;

/** For lists of everybody's live sessions: rows of those that began before there were any. */
async function listLiveSessions({ models }: Connection, after: string | null): Promise<string | null> {
  const users = await asUnavailable(
    models
      .User!.find({ _id: { $gt: after ?? '' } }, { 'live.id': 1, 'live.ip': 1, 'live.device.class': 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<Pick<UserDocument, '_id' | 'live'>[]>(),
  );
  const rows = users.flatMap(({ _id: userId, live = [] }) =>
    live.map(({ id: _id, ip, device }): LiveSessionDocument => ({ _id, userId, ip, deviceClass: device.class })),
  );
  const upserts = rows.map(({ _id, ...row }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true },
  }));
  if (upserts.length > 0) await asUnavailable(models.LiveSession!.bulkWrite(upserts, { ordered: false }));
  await unlistEnded(models, rows);
  return users.length < BATCH ? null : users.at(-1)!._id;
}

/**
 * Removes the rows of sessions that ended between the read and the write: the row came after the end had removed it, and would
 * keep the person's address. Whoever ends a session later than that finds the row and removes it.
 */
async function unlistEnded(
  { User, LiveSession }: Connection['models'],
  rows: readonly LiveSessionDocument[],
): Promise<void> {
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  const users = await asUnavailable(
    User!.find({ _id: { $in: userIds } }, { 'live.id': 1 }).lean<Pick<UserDocument, '_id' | 'live'>[]>(),
  );
  const live = new Set(users.flatMap(({ live = [] }) => live.map(({ id }) => id)));
  const ended = rows.map(({ _id }) => _id).filter((id) => !live.has(id));
  if (ended.length > 0) await asUnavailable(LiveSession!.deleteMany({ _id: { $in: ended } }));
}

/** Nodes of the version before take e-mails as they are written: such an account is found by that very spelling. */
async function normalizeEmails({ models }: Connection, after: string | null, clock: Clock): Promise<string | null> {
  const [users, identifiers] = [models.User!, models.Identifier!] as [Model<UserDocument>, Model<IdentifierDocument>];
  const filter = { _id: { $gt: after ?? '' }, email: /[^!-~]|xn--/i };
  const found = await asUnavailable(
    users.find(filter, { _id: 1 }).sort({ _id: 1 }).limit(BATCH).lean<Pick<UserDocument, '_id'>[]>(),
  );
  const claims = new MongoIdentifierClaims(identifiers, users, clock);
  const accounts = new MongoAccountStore(users, identifiers, claims, clock);
  for (const { _id } of found) await normalizeStoredEmail(accounts, _id, clock.now());
  return found.length < BATCH ? null : found.at(-1)!._id;
}

/** Numbered from 1 by their place. Never edit one that was released: add. */
export const MIGRATIONS: readonly MongoMigration[] = [listLiveSessions, normalizeEmails];
