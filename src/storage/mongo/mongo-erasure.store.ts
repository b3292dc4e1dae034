import type { Model, UpdateQuery } from 'mongoose';
import { ErasureStore, type Erasure } from '../../personal-data/index.js';
import { retryUntilDeadline } from '../retry.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { ErasureDocument } from './mongo-personal-schemas.js';

export class MongoErasureStore extends ErasureStore {
  constructor(private readonly erasures: Model<ErasureDocument>) {
    super();
  }

  async add({ userId, deletedAt, dueAt }: Erasure): Promise<void> {
    await this.upsert(userId, { $setOnInsert: { deletedAt, dueAt } });
  }

  async put({ userId, deletedAt, dueAt }: Erasure): Promise<void> {
    await this.upsert(userId, { $set: { deletedAt, dueAt } });
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

  /** Of two racing upserts of a new one the other may be told that it is there already. */
  private async upsert(_id: string, update: UpdateQuery<ErasureDocument>): Promise<void> {
    await retryUntilDeadline(isDuplicateKey, () =>
      reachable(this.erasures.updateOne({ _id }, update, { upsert: true })),
    );
  }
}

function toErasure({ _id, deletedAt, dueAt }: ErasureDocument): Erasure {
  return { userId: _id, deletedAt, dueAt };
}
