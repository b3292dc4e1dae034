import type { Model } from 'mongoose';
import { ErasureStore, type Erasure } from '../../personal-data/index.js';
import { retryUntilDeadline } from '../retry.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { ErasureDocument } from './mongo-personal-schemas.js';

export class MongoErasureStore extends ErasureStore {
  constructor(private readonly erasures: Model<ErasureDocument>) {
    super();
  }

  async put({ userId, deletedAt, dueAt }: Erasure): Promise<void> {
    const update = { $set: { deletedAt, dueAt } };
    // Of two racing upserts of a new one the other may be told that it is there already.
    await retryUntilDeadline(isDuplicateKey, () =>
      reachable(this.erasures.updateOne({ _id: userId }, update, { upsert: true })),
    );
  }

  async listDue(now: Date, limit: number): Promise<Erasure[]> {
    const query = this.erasures
      .find({ dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(limit);
    return (await reachable(query.lean<ErasureDocument[]>())).map(toErasure);
  }

  async remove(userId: string): Promise<void> {
    await reachable(this.erasures.deleteOne({ _id: userId }));
  }
}

function toErasure({ _id, deletedAt, dueAt }: ErasureDocument): Erasure {
  return { userId: _id, deletedAt, dueAt };
}
