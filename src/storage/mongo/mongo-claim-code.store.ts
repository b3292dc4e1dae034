import type { Model } from 'mongoose';
import { ClaimCodeStore, type ClaimCode } from '../../auth/index.js';
import { reachable } from './mongo-errors.js';
import type { ClaimCodeDocument } from './mongo-schemas.js';

export class MongoClaimCodeStore extends ClaimCodeStore {
  constructor(private readonly codes: Model<ClaimCodeDocument>) {
    super();
  }

  async add({ requestHash, ...code }: ClaimCode, now: Date): Promise<void> {
    await reachable(this.codes.deleteMany({ expiresAt: { $lte: now } }));
    await reachable(this.codes.create({ _id: requestHash, ...code }));
  }

  async countTry(requestHash: string, now: Date): Promise<ClaimCode | null> {
    const tried = this.codes.findOneAndUpdate(
      { _id: requestHash, triesLeft: { $gt: 0 }, expiresAt: { $gt: now } },
      { $inc: { triesLeft: -1 } },
      { returnDocument: 'before' },
    );
    const document = await reachable(tried.lean<ClaimCodeDocument>());
    if (!document) return null;
    const { _id, ...code } = document;
    return { requestHash: _id, ...code };
  }

  async drop(requestHash: string): Promise<void> {
    await reachable(this.codes.deleteOne({ _id: requestHash }));
  }
}
