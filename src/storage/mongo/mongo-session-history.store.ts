import type { Model } from 'mongoose';
import { withoutTraces } from '../../accounts/index.js';
import { SessionHistoryStore } from '../../sessions/index.js';
import { toEndedSession } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import { WITH_TRACES, type EndedSessionDocument } from './mongo-account-schemas.js';

/** A collection of its own. What still waits in the outbox of a deleted account comes here without traces. */
export class MongoSessionHistoryStore extends SessionHistoryStore {
  constructor(private readonly history: Model<EndedSessionDocument>) {
    super();
  }

  async dropEnded(before: Date, limit: number): Promise<number> {
    const found = this.history.find({ endedAt: { $lt: before } }, { _id: 1 }).limit(limit);
    const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
    await reachable(this.history.deleteMany({ _id: { $in: ids } }));
    return ids.length;
  }

  async removeTraces(userId: string, limit: number): Promise<number> {
    const query = this.history.find({ userId, ...WITH_TRACES }).limit(limit);
    const found = (await reachable(query.lean<EndedSessionDocument[]>())).map(toEndedSession).map(withoutTraces);
    const updates = found.map(({ id, device, ip, askedFrom, userAgent, endedBy }) => ({
      updateOne: { filter: { _id: id }, update: { $set: { device, ip, askedFrom, userAgent, endedBy } } },
    }));
    if (updates.length > 0) await reachable(this.history.bulkWrite(updates, { ordered: false }));
    return updates.length;
  }
}
