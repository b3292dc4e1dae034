import type { MongooseModuleOptions } from '@nestjs/mongoose';
import mongoose, { type Connection } from 'mongoose';
import { UnfitStoreError } from '../unfit-store.error.js';
import { OPERATION_TIMEOUT, asUnavailable } from './mongo-errors.js';

/** Where the URI names no database. */
const DATABASE = 'oneseat';
/** What the driver takes then, and what we took until version 0.1.0. */
const DATABASE_OF_0_1_0 = 'test';

const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

const OPTIONS: MongooseModuleOptions = {
  serverSelectionTimeoutMS: OPERATION_TIMEOUT,
  connectTimeoutMS: OPERATION_TIMEOUT,
  waitQueueTimeoutMS: OPERATION_TIMEOUT,
  // A socket on which nothing has come for so long is given up, long after whoever waited has been answered.
  socketTimeoutMS: 10 * OPERATION_TIMEOUT,
  // A command waits for its connection no longer than for its answer.
  bufferCommands: false,
  // Built before the first request, by MongoIndexes.
  autoIndex: false,
  autoCreate: false,
  readPreference: 'primary',
  readConcernLevel: 'local',
  writeConcern: { w: 'majority', journal: true },
  retryWrites: true,
};

/**
 * Throws `UnfitStoreError` where the URI names what cannot hold our data, or lets MongoDB acknowledge what its disk does not have.
 * Mongoose's `dbName` leaves alone where the user of the URI is looked up; the driver's own would move that too.
 */
export function connectionOptions(uri: string): MongooseModuleOptions {
  // The driver prefers the two old names of `journal` to the option that it is given.
  if (/[?&](?:journal|j|fsync)=(?!true(?:&|$))/i.test(uri)) {
    throw new UnfitStoreError('MONGODB_URI must not switch the journal off: take out journal, j and fsync.');
  }
  const database = databaseOf(uri);
  if (database === null) return { ...OPTIONS, dbName: DATABASE };
  if (!/^(?!(?:admin|local|config)$)[^/\\. "$]+$/.test(database)) {
    throw new UnfitStoreError(
      'MONGODB_URI must name a database of its own: not admin, local or config, and without / \\ . " $ and spaces.',
    );
  }
  return OPTIONS;
}

function databaseOf(uri: string): string | null {
  return /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/.exec(uri)?.[1] ?? null;
}

/**
 * Throws `UnfitStoreError` for a URI that can never work, for otherwise it is tried again and again. A server that cannot be reached may come
 * yet. No message shows a part of the URI.
 */
export async function refuseUselessUri(uri: string): Promise<void> {
  const client = openable(uri);
  try {
    await client.connect();
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === AUTHENTICATION_FAILED)
      throw new UnfitStoreError('MONGODB_URI: the server refuses this user and password.');
    // The driver forgets a host that belongs to another set; one that does not answer it keeps.
    if (error instanceof mongoose.mongo.MongoServerSelectionError && error.reason?.servers.size === 0)
      throw new UnfitStoreError('MONGODB_URI: no host belongs to the replica set that replicaSet names.');
  } finally {
    await client.close();
  }
}

function openable(uri: string): mongoose.mongo.MongoClient {
  const { serverSelectionTimeoutMS, connectTimeoutMS } = OPTIONS;
  try {
    return new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS, connectTimeoutMS });
  } catch (error) {
    // The driver may quote what it cannot read.
    const isHarmless = error instanceof Error && !partsOf(uri).some((part) => error.message.includes(part));
    throw new UnfitStoreError(`MONGODB_URI cannot be used${isHarmless ? `: ${error.message}` : ''}.`);
  }
}

/** User, password, hosts and database. */
function partsOf(uri: string): string[] {
  return (uri.replace(/^[^/]*\/\//, '').split('?', 1)[0] ?? '').split(/[:@/,]/).filter((part) => part !== '');
}

/** Throws `UnfitStoreError` where people would be left behind in the database that version 0.1.0 took. `earlier` is its name. */
export async function refuseForgottenData(
  uri: string,
  connection: Connection,
  earlier = DATABASE_OF_0_1_0,
): Promise<void> {
  if (databaseOf(uri) !== null) return;
  if (await asUnavailable(connection.db!.collection('users').findOne({}, { projection: { _id: 1 } }))) return;
  if (await holdsOurs(connection.getClient().db(earlier))) {
    throw new UnfitStoreError(
      `MONGODB_URI names no database, and the data of an earlier version are in "${earlier}": add /${earlier} behind its host to keep them, or /${DATABASE} to begin anew.`,
    );
  }
}

async function holdsOurs(earlier: mongoose.mongo.Db): Promise<boolean> {
  const one = { projection: { _id: 1 } };
  try {
    const user = earlier.collection('users').findOne({ version: { $gt: 0 }, credentialVersion: { $gt: 0 } }, one);
    const identifier = earlier.collection('identifiers').findOne({ nonce: { $gt: '' } }, one);
    return (await asUnavailable(user)) !== null && (await asUnavailable(identifier)) !== null;
  } catch (error) {
    // Whoever may not look into it has not kept anything there.
    if (error instanceof mongoose.mongo.MongoServerError && error.code === UNAUTHORIZED) return false;
    throw error;
  }
}
