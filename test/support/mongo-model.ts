import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { newAccount } from '../../src/accounts/index.js';
import type { IdentifierDocument, UserDocument } from '../../src/storage/mongo/mongo-account-schemas.js';
import type { TestStorage } from './storage.js';

/** What lies under the ports on MongoDB: for leaving behind what a dead process leaves. */

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
