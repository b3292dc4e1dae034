import type { Model } from 'mongoose';
import { PersonDeliveriesStore } from '../../delivery/index.js';
import { reachable } from './mongo-errors.js';
import type { DeliveryDocument } from './mongo-operator-schemas.js';

export class MongoPersonDeliveriesStore extends PersonDeliveriesStore {
  constructor(private readonly deliveries: Model<DeliveryDocument>) {
    super();
  }

  async remove(userId: string, targets: readonly string[], limit: number): Promise<number> {
    const which = { userId, $or: [{ state: { $ne: 'pending' as const } }, { target: { $in: targets } }] };
    const found = this.deliveries.find(which, { _id: 1 }).limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    return (await reachable(this.deliveries.deleteMany({ _id: { $in: ids }, ...which }))).deletedCount;
  }
}
