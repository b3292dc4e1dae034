import { getModelToken } from '@nestjs/mongoose';
import mongoose, { type Model } from 'mongoose';
import { newAccount } from '../../src/accounts/index.js';
import type { IdentifierDocument, UserDocument } from '../../src/storage/mongo/mongo-schemas.js';
import type { TestStorage } from './storage.js';

/** What lies under the ports on MongoDB: for leaving behind what a dead process leaves, and for breaking the line. */

export const usersOf = ({ context }: TestStorage) => context.get<Model<UserDocument>>(getModelToken('User'));
const identifiersOf = ({ context }: TestStorage) => context.get<Model<IdentifierDocument>>(getModelToken('Identifier'));

/** An account whose process died between claiming its first identifier and its commit. */
export async function leavePending(storage: TestStorage, userId: string, key: string, at: Date): Promise<void> {
  const { id: _id, ...blank } = newAccount(userId, at, {});
  const claiming = [{ key, at }];
  const document = { _id, ...blank, version: 2, commits: [], pending: true, claiming, seen: {}, outbox: [] };
  await usersOf(storage).collection.insertOne(document as never);
  await leaveClaim(storage, userId, key);
}

export async function leaveClaim(storage: TestStorage, userId: string, key: string): Promise<void> {
  await identifiersOf(storage).create({ _id: key, userId, nonce: 'of a dead process' });
}

/** The next `times` reads of an account meet a broken line. Returns what mends it before. */
export function breakReads(storage: TestStorage, times: number): () => void {
  const users = usersOf(storage);
  const intact = users.findById.bind(users);
  let left = times;
  users.findById = ((...given: Parameters<typeof intact>) => {
    const query = intact(...given);
    const fail = () => Promise.reject(new mongoose.mongo.MongoNetworkError('connection closed'));
    return left-- > 0 ? Object.assign(query, { lean: fail }) : query;
  }) as typeof intact;
  return () => (left = 0);
}

/** No answer comes to the next update for which `isMeant` says so. */
export function silenceUpdate(storage: TestStorage, isMeant: (update: string) => boolean): void {
  const users = usersOf(storage);
  const intact = users.updateOne.bind(users);
  const silent = (...given: Parameters<typeof intact>) => {
    if (!isMeant(JSON.stringify(given[1]))) return intact(...given);
    users.updateOne = intact;
    const never = new Promise(() => undefined);
    return { exec: () => never, then: never.then.bind(never) };
  };
  users.updateOne = silent as typeof intact;
}

/**
 * Breaks the line once, at the next commit of a change: `around` is given what sends it and decides whether it arrives.
 * Then the driver's network error is thrown, unless `around` does not return.
 */
export function breakNextCommit(storage: TestStorage, around: (send: () => Promise<unknown>) => Promise<void>): void {
  const users = usersOf(storage);
  const intact = users.updateOne.bind(users);
  const broken = (...given: Parameters<typeof intact>) => {
    const query = intact(...given);
    if (!JSON.stringify(given[1]).includes('"commits"')) return query;
    users.updateOne = intact;
    const exec = async () => {
      await around(() => query.exec());
      throw new mongoose.mongo.MongoNetworkError('connection closed');
    };
    return { exec };
  };
  users.updateOne = broken as typeof intact;
}
