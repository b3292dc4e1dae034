import type { Model } from 'mongoose';
import { ThrottleStore, type Failures } from '../../auth/index.js';
import { retryUntilDeadline } from '../retry.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { ThrottleDocument } from './mongo-schemas.js';

export class MongoThrottleStore extends ThrottleStore {
  constructor(private readonly throttles: Model<ThrottleDocument>) {
    super();
  }

  async find(key: string, now: Date): Promise<Failures | null> {
    const query = this.throttles.findOne({ _id: key, expiresAt: { $gt: now } });
    const document = await reachable(query.lean<ThrottleDocument>());
    return document && { count: document.failures, lastAt: document.lastAt };
  }

  async add(key: string, now: Date, expiresAt: Date): Promise<number> {
    // A new counter has no expiry, which is less than any.
    const failures = { $cond: [{ $lte: ['$expiresAt', now] }, 1, { $add: ['$failures', 1] }] };
    const update = [{ $set: { failures, lastAt: now, expiresAt } }];
    // Of two racing upserts of a new key one may be told that it is there already.
    const counted = await retryUntilDeadline(isDuplicateKey, () =>
      reachable(
        this.throttles
          .findOneAndUpdate({ _id: key }, update, { upsert: true, returnDocument: 'after', updatePipeline: true })
          .orFail()
          .lean<ThrottleDocument>(),
      ),
    );
    return counted.failures;
  }

  async clear(key: string): Promise<void> {
    await reachable(this.throttles.deleteOne({ _id: key }));
  }

  async dropExpired(now: Date, limit: number): Promise<number> {
    const found = this.throttles.find({ expiresAt: { $lte: now } }, { _id: 1 }).limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    await reachable(this.throttles.deleteMany({ _id: { $in: ids }, expiresAt: { $lte: now } }));
    return ids.length;
  }
}
