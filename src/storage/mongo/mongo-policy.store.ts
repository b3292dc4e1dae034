import type { Model } from 'mongoose';
import { PolicyStore, type PolicyScope, type SessionPolicy } from '../../sessions/index.js';
import { retryUntilDeadline } from '../retry.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { PolicyDocument } from './mongo-operator-schemas.js';

export class MongoPolicyStore extends PolicyStore {
  constructor(private readonly policies: Model<PolicyDocument>) {
    super();
  }

  async list(scopes: readonly PolicyScope[]): Promise<ReadonlyMap<PolicyScope, SessionPolicy>> {
    const documents = await reachable(this.policies.find({ _id: { $in: scopes } }).lean<PolicyDocument[]>());
    return new Map(documents.map(({ _id, ...policy }) => [_id, policy]));
  }

  async put(scope: PolicyScope, { limit, per, onLimit, idleTimeout, maxAge }: SessionPolicy): Promise<void> {
    const update = { $set: { limit, per, onLimit, idleTimeout, maxAge } };
    // Of two racing upserts of a new scope one may be told that it is there already.
    await retryUntilDeadline(isDuplicateKey, () =>
      reachable(this.policies.updateOne({ _id: scope }, update, { upsert: true })),
    );
  }

  async remove(scope: PolicyScope): Promise<void> {
    await reachable(this.policies.deleteOne({ _id: scope }));
  }
}
