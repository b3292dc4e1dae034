import type { Connection } from 'mongoose';
import { asUnavailable } from './mongo-errors.js';
import type { LiveSessionDocument, UserDocument } from './mongo-schemas.js';

/**
 * Does a bounded part of a migration, what comes behind `after`. Returns where it has come to; null once nothing is left.
 * It may be done again, by another node at the same time too, and nodes of the version before write meanwhile: so it only adds.
 */
export type MongoMigration = (connection: Connection, after: string | null) => Promise<string | null>;

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
  // A session that ends meanwhile leaves a row that the next list takes out.
  if (upserts.length > 0) await asUnavailable(models.LiveSession!.bulkWrite(upserts, { ordered: false }));
  return users.length < BATCH ? null : users.at(-1)!._id;
}

/** Numbered from 1 by their place. Never edit one that was released: add. */
export const MIGRATIONS: readonly MongoMigration[] = [listLiveSessions];
