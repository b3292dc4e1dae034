import type { Model } from 'mongoose';
import { PersonDeliveriesStore } from '../../delivery/index.js';
import { reachable } from './mongo-errors.js';
import type { DeliveryDocument } from './mongo-operator-schemas.js';

export class MongoPersonDeliveriesStore extends PersonDeliveriesStore {
  constructor(private readonly deliveries: Model<DeliveryDocument>) {
    super();
  }

  async remove(userId: string, targets: readonly string[], limit: number): Promise<number> {
    const settled = { userId, state: { $in: ['delivered' as const, 'dead' as const] } };
    const own = { userId, state: 'pending' as const, target: { $in: targets } };
    // Each part finds by the index what it is to remove: nothing that stays is walked over.
    const which = { $or: [settled, own] };
    const found = this.deliveries.find(which, { _id: 1 }).limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    await reachable(this.deliveries.deleteMany({ _id: { $in: ids }, ...which }));
    return ids.length;
  }
}
