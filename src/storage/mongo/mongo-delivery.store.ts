import type { Model, QueryFilter } from 'mongoose';
import {
  DeliveryStore,
  type Delivery,
  type DeliveryQuery,
  type DeliveryState,
  type Outcome,
} from '../../delivery/index.js';
import { isDuplicateKey, reachable } from './mongo-errors.js';
import type { DeliveryDocument } from './mongo-operator-schemas.js';

/** Candidates looked at for each that is asked for: some are not the first of their lane. */
const SCAN = 4;
/** One whose forerunner is due as well is looked at again after this, in ms. */
const BEHIND = 1000;

export class MongoDeliveryStore extends DeliveryStore {
  constructor(private readonly deliveries: Model<DeliveryDocument>) {
    super();
  }

  async add(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) await this.addOne(delivery);
  }

  async claim(target: string, now: Date, leaseUntil: Date, limit: number): Promise<Delivery[]> {
    const due = this.deliveries
      .find({ target, state: 'pending', nextAttemptAt: { $lte: now } })
      .sort({ nextAttemptAt: 1, seq: 1 })
      .limit(limit * SCAN);
    const claimed: Delivery[] = [];
    for (const document of await reachable(due.lean<DeliveryDocument[]>())) {
      if (claimed.length === limit) break;
      const head = await this.headOf(document);
      if (!head) continue;
      if (head._id === document._id) claimed.push(...(await this.take(document, leaseUntil)));
      else {
        const until = Math.max(head.nextAttemptAt.getTime(), now.getTime() + BEHIND);
        await this.postpone(document, new Date(until));
      }
    }
    return claimed;
  }

  async settle(claimed: Delivery, outcome: Outcome, now: Date): Promise<boolean> {
    const pending = outcome.state === 'pending';
    const settled = await this.set(
      { _id: claimed.id, state: 'pending', attempts: claimed.attempts, nextAttemptAt: claimed.nextAttemptAt },
      {
        state: outcome.state,
        since: pending ? claimed.since : now,
        nextAttemptAt: pending ? outcome.nextAttemptAt : now,
        lastError: outcome.state === 'delivered' ? null : outcome.lastError,
      },
    );
    if (settled && !pending) await this.wakeNext(claimed, now);
    return settled;
  }

  async list(target: string, { state, before, limit }: DeliveryQuery): Promise<Delivery[]> {
    const filter = { target, state, ...(before && (await this.olderThan(target, before))) };
    const query = this.deliveries.find(filter).sort({ at: -1, _id: -1 }).limit(limit);
    return (await reachable(query.lean<DeliveryDocument[]>())).map(toDelivery);
  }

  async redeliver(target: string, id: string, now: Date): Promise<boolean> {
    const again = { state: 'pending', since: now, lane: id, attempts: 0, nextAttemptAt: now } as const;
    return this.set({ _id: id, target, state: 'dead' }, again);
  }

  async removeTarget(target: string): Promise<void> {
    await reachable(this.deliveries.deleteMany({ target }));
  }

  async tidy(
    target: string | null,
    before: Readonly<Record<DeliveryState, Date>>,
    now: Date,
    limit: number,
  ): Promise<number> {
    const old = async (state: DeliveryState): Promise<QueryFilter<DeliveryDocument>> => {
      const filter = { ...(target !== null && { target }), state, since: { $lt: before[state] } };
      const found = this.deliveries.find(filter, { _id: 1 }).limit(limit);
      const ids = (await reachable(found.lean<{ _id: string }[]>())).map(({ _id }) => _id);
      return { _id: { $in: ids }, state, since: { $lt: before[state] } };
    };
    const pending = await old('pending');
    await reachable(
      this.deliveries.updateMany({ ...pending, lastError: null }, { $set: { lastError: 'never tried' } }),
    );
    const given = await reachable(this.deliveries.updateMany(pending, { $set: { state: 'dead', since: now } }));
    const delivered = await reachable(this.deliveries.deleteMany(await old('delivered')));
    const dead = await reachable(this.deliveries.deleteMany(await old('dead')));
    return given.modifiedCount + delivered.deletedCount + dead.deletedCount;
  }

  /** Whoever adds an event has first seen all events before it added, so two that race for one place in a lane add the same one. */
  private async addOne({ id: _id, ...delivery }: Delivery): Promise<void> {
    const { target, lane } = delivery;
    const query = this.deliveries.findOne({ target, lane }, { seq: 1 }).sort({ seq: -1 });
    const last = await reachable(query.lean<{ seq: number }>());
    try {
      await reachable(this.deliveries.create({ _id, seq: (last?.seq ?? 0) + 1, ...delivery }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  private headOf({ target, lane }: Pick<Delivery, 'target' | 'lane'>): Promise<DeliveryDocument | null> {
    const query = this.deliveries.findOne({ target, lane, state: 'pending' }).sort({ seq: 1 });
    return reachable(query.lean<DeliveryDocument>());
  }

  /** The one that it has, or none where another was faster. */
  private async take(document: DeliveryDocument, nextAttemptAt: Date): Promise<Delivery[]> {
    const attempts = document.attempts + 1;
    const taken = await this.set(asSeen(document), { attempts, nextAttemptAt });
    return taken ? [{ ...toDelivery(document), attempts, nextAttemptAt }] : [];
  }

  private async postpone(document: DeliveryDocument, nextAttemptAt: Date): Promise<void> {
    await this.set(asSeen(document), { nextAttemptAt });
  }

  private async wakeNext(done: Delivery, now: Date): Promise<void> {
    const next = await this.headOf(done);
    // One that was tried has been claimed since.
    if (next?.attempts === 0) await this.postpone(next, now);
  }

  private async set(filter: QueryFilter<DeliveryDocument>, change: Partial<DeliveryDocument>): Promise<boolean> {
    return (await reachable(this.deliveries.updateOne(filter, { $set: change }))).matchedCount > 0;
  }

  /** Nothing is older than a delivery that the target does not have. */
  private async olderThan(target: string, id: string): Promise<QueryFilter<DeliveryDocument>> {
    const cursor = await reachable(this.deliveries.findOne({ _id: id, target }).lean<DeliveryDocument>());
    if (!cursor) return { _id: { $in: [] } };
    return { $or: [{ at: { $lt: cursor.at } }, { at: cursor.at, _id: { $lt: id } }] };
  }
}

/** Only as long as nobody has claimed or postponed it since. */
function asSeen({ _id, attempts, nextAttemptAt }: DeliveryDocument): QueryFilter<DeliveryDocument> {
  return { _id, state: 'pending', attempts, nextAttemptAt };
}

function toDelivery({ _id, seq: _, ...delivery }: DeliveryDocument): Delivery {
  return { id: _id, ...delivery };
}
