import type { AnyBulkWriteOperation, Model } from 'mongoose';
import { withoutTraces, type AccountEvent } from '../../accounts/index.js';
import { OutboxStore } from '../../outbox/index.js';
import { toEvent, tombstonesIn } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import {
  WAITING,
  type EndedSessionDocument,
  type LiveSessionDocument,
  type OutboxEntry,
  type UserDocument,
} from './mongo-account-schemas.js';

/** An array in the user's document, which the account's commit pushes to. */
export class MongoOutboxStore extends OutboxStore {
  constructor(
    private readonly users: Model<UserDocument>,
    private readonly live: Model<LiveSessionDocument>,
    private readonly history: Model<EndedSessionDocument>,
  ) {
    super();
  }

  async list(userId: string): Promise<AccountEvent[]> {
    const { outbox } = await this.read(userId);
    const events = outbox.map(toEvent);
    // One that was decided again while it waited stands there twice.
    return [...new Map(events.map((event) => [event.id, event])).values()];
  }

  async listUsersWaitingSince(before: Date, after: string | null, limit: number): Promise<string[]> {
    const query = this.users
      .find({ pendingSince: { $lt: before }, _id: { $gt: after ?? '' } }, { _id: 1 })
      .sort({ _id: 1 })
      // Few wait: to walk over everybody by id would take long.
      .hint(WAITING)
      .limit(limit);
    return (await reachable(query.lean<{ _id: string }[]>())).map(({ _id }) => _id);
  }

  /**
   * The tombstones go to the history first, and the list of live sessions follows. Those of a deleted account go without traces,
   * and take the place of what another process may just have put there. Pulling leaves the version alone: it conflicts with no commit.
   */
  async remove(userId: string, eventIds: readonly string[]): Promise<void> {
    const { outbox, deletedAt } = await this.read(userId);
    const leaving = outbox.filter(({ id }) => eventIds.includes(id));
    const ended = tombstonesIn(leaving).map((session) => (deletedAt ? withoutTraces(session) : session));
    const tombstones = ended.map(({ id: _id, ...tombstone }) => ({
      updateOne: {
        filter: { _id },
        update: deletedAt ? { $set: tombstone } : { $setOnInsert: tombstone },
        upsert: true,
      },
    }));
    if (tombstones.length > 0) await reachable(this.history.bulkWrite(tombstones, { ordered: false }));
    const listed = liveListing(leaving);
    if (listed.length > 0) await reachable(this.live.bulkWrite(listed, { ordered: true }));
    await reachable(this.users.updateOne({ _id: userId }, { $pull: { outbox: { id: { $in: eventIds } } } }));
    await reachable(this.users.updateOne({ _id: userId, outbox: { $size: 0 } }, { $unset: { pendingSince: 1 } }));
  }

  async countWaiting(): Promise<number> {
    return reachable(this.users.countDocuments({ pendingSince: { $gt: new Date(0) } }));
  }

  private async read(userId: string): Promise<Pick<UserDocument, 'outbox' | 'deletedAt'>> {
    const query = this.users.findOne({ _id: userId }, { outbox: 1, deletedAt: 1 });
    return (await reachable(query.lean<UserDocument>())) ?? { outbox: [], deletedAt: null };
  }
}

/** In the order of the events: what has ended is gone in the end. */
function liveListing(leaving: readonly OutboxEntry[]): AnyBulkWriteOperation<LiveSessionDocument>[] {
  return leaving.flatMap((event): AnyBulkWriteOperation<LiveSessionDocument>[] => {
    if (event.type === 'session.ended') return [{ deleteOne: { filter: { _id: event.session.id } } }];
    if (event.type !== 'session.started') return [];
    const { id, userId, ip, device } = event.session;
    const row = { userId, ip, deviceClass: device.class };
    return [{ updateOne: { filter: { _id: id }, update: { $setOnInsert: row }, upsert: true } }];
  });
}
