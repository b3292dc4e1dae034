import type { Model, QueryFilter } from 'mongoose';
import { actorKey, AuditStore, type AuditEntry, type AuditQuery } from '../../audit/index.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { AuditDocument } from './mongo-operator-schemas.js';

export class MongoAuditStore extends AuditStore {
  constructor(private readonly audit: Model<AuditDocument>) {
    super();
  }

  async add({ id: _id, ...entry }: AuditEntry): Promise<void> {
    try {
      await reachable(this.audit.create({ _id, ...entry, actorKey: actorKey(entry.actor) }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async addUp(entry: AuditEntry): Promise<void> {
    try {
      await this.countUp(entry);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another one has just added it.
      await this.countUp(entry);
    }
  }

  async list({ userId, actor, type, before, limit }: AuditQuery): Promise<AuditEntry[]> {
    const filter = {
      ...(userId && { userId }),
      ...(actor && { actorKey: actor }),
      ...(type && { type }),
      ...(before && (await this.olderThan(before))),
    };
    const query = this.audit.find(filter).sort({ at: -1, _id: -1 }).limit(limit);
    return (await reachable(query.lean<AuditDocument[]>())).map(toEntry);
  }

  async count(type: string, from: Date, to: Date): Promise<number> {
    return reachable(this.audit.countDocuments({ type, at: { $gte: from, $lt: to } }));
  }

  async replaceDetails(entries: readonly Pick<AuditEntry, 'id' | 'details'>[]): Promise<void> {
    const updates = entries.map(({ id, details }) => ({
      updateOne: { filter: { _id: id }, update: { $set: { details } } },
    }));
    await reachable(this.audit.bulkWrite(updates, { ordered: false }));
  }

  async dropOlder(before: Date, limit: number): Promise<number> {
    const found = this.audit
      .find({ at: { $lt: before } }, { _id: 1 })
      .sort({ at: 1 })
      .limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    await reachable(this.audit.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }

  private async countUp({ id: _id, details, ...entry }: AuditEntry): Promise<void> {
    const named = Object.entries(details).map(([name, value]) => [`details.${name}`, value] as const);
    const first = { ...entry, actorKey: actorKey(entry.actor), ...Object.fromEntries<unknown>(named) };
    await reachable(
      this.audit.updateOne({ _id }, { $setOnInsert: first, $inc: { 'details.count': 1 } }, { upsert: true }),
    );
  }

  private async olderThan(id: string): Promise<QueryFilter<AuditDocument>> {
    const cursor = await reachable(this.audit.findById(id).lean<AuditDocument>());
    if (!cursor) return { _id: { $in: [] } };
    const { at } = cursor;
    return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: id } }] };
  }
}

function toEntry({ _id, actorKey: _, ...entry }: AuditDocument): AuditEntry {
  return { id: _id, ...entry };
}
