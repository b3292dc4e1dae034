import type { Model, QueryFilter } from 'mongoose';
import { ActivityStore, type Activity, type ActivityQuery } from '../../activity/index.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { ActivityDocument } from './mongo-personal-schemas.js';

export class MongoActivityStore extends ActivityStore {
  constructor(private readonly activities: Model<ActivityDocument>) {
    super();
  }

  async add({ id: _id, data, ...activity }: Activity): Promise<void> {
    try {
      await reachable(this.activities.create({ _id, data: data && JSON.stringify(data), ...activity }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await reachable(this.activities.deleteOne({ _id: id }));
  }

  async list(sessionId: string, query: ActivityQuery): Promise<Activity[]> {
    return this.select({ sessionId }, query);
  }

  async listOfUser(userId: string, query: ActivityQuery): Promise<Activity[]> {
    return this.select({ userId }, query);
  }

  async removeOfUser(userId: string, limit: number): Promise<number> {
    const found = this.activities.find({ userId }, { _id: 1 }).limit(limit);
    return this.delete(await reachable(found.lean<{ _id: string }[]>()));
  }

  async dropOlder(before: Date, limit: number): Promise<number> {
    const found = this.activities
      .find({ at: { $lt: before } }, { _id: 1 })
      .sort({ at: 1 })
      .limit(limit);
    return this.delete(await reachable(found.lean<{ _id: string }[]>()));
  }

  private async select(of: QueryFilter<ActivityDocument>, { before, limit }: ActivityQuery): Promise<Activity[]> {
    const filter = { ...of, ...(before && (await this.olderThan(of, before))) };
    const query = this.activities.find(filter).sort({ at: -1, _id: -1 }).limit(limit);
    return (await reachable(query.lean<ActivityDocument[]>())).map(toActivity);
  }

  private async delete(found: readonly { _id: string }[]): Promise<number> {
    const ids = found.map(({ _id }) => _id);
    await reachable(this.activities.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }

  private async olderThan(of: QueryFilter<ActivityDocument>, id: string): Promise<QueryFilter<ActivityDocument>> {
    const cursor = await reachable(this.activities.findOne({ ...of, _id: id }).lean<ActivityDocument>());
    if (!cursor) return { _id: { $in: [] } };
    const { at } = cursor;
    return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
  }
}

function toActivity({ _id, data, ...activity }: ActivityDocument): Activity {
  return { id: _id, ...activity, data: data === null ? null : (JSON.parse(data) as Activity['data']) };
}
