import type { Connection, Model } from 'mongoose';
import { v4 as uuidv4 } from 'uuid';
import type { Clock } from '../../common/index.js';
import { retryUntilDeadline } from '../retry.js';
import { UnfitStoreError } from '../unfit-store.error.js';
import { asUnavailable, isDuplicateKey } from './mongo-errors.js';
import { MIGRATIONS, type MongoMigration } from './mongo-migrations.js';
import type { SchemaStateDocument } from './mongo-schemas.js';

/** Of a node that works on a migration, in ms; renewed with each part. Longer than the driver waits for one answer. */
const LEASE = 10_000;
/** By which the clocks of two nodes may differ, in ms. If it is more, both may work on a migration, which does no harm. */
const LARGEST_SKEW = LEASE;
/** How often the others look whether it is done, in ms. */
const LOOK_EVERY = 100;

const STATE = 'schema';

/** Applies what is missing, on one node at a time, while nodes of the version before serve. */
export class MongoMigrator {
  private readonly node = uuidv4();

  constructor(
    private readonly connection: Connection,
    private readonly states: Model<SchemaStateDocument>,
    private readonly clock: Clock,
    private readonly migrations: readonly MongoMigration[] = MIGRATIONS,
  ) {}

  /** Throws `UnfitStoreError` where only newer code may serve the store. */
  async refuseNewer(): Promise<void> {
    if ((await this.read()).oldest > this.migrations.length) {
      throw new UnfitStoreError('The database was written by a newer version of Oneseat.');
    }
  }

  /** Resolves once every migration is applied, here or by another node. */
  async run(): Promise<void> {
    for (;;) {
      const { version } = await this.read();
      if (version >= this.migrations.length) return;
      const state = await this.claim(version);
      if (state) await this.apply(state);
      else await this.clock.pause(LOOK_EVERY);
    }
  }

  /**
   * Only one node gets it, until its lease runs out: then it has died. A lease that runs out later than clocks in step allow
   * counts for nothing: if its node has died, nobody may wait until its clock is right.
   */
  private async claim(version: number): Promise<SchemaStateDocument | null> {
    const now = this.clock.now();
    const latest = new Date(now.getTime() + LEASE + LARGEST_SKEW);
    const isOver = [{ 'lease.until': { $lte: now } }, { 'lease.until': { $gt: latest } }];
    const free = { _id: STATE, version, $or: [{ lease: null }, ...isOver] };
    const update = { $set: { lease: this.newLease() } };
    return asUnavailable(
      this.states.findOneAndUpdate(free, update, { returnDocument: 'after' }).lean<SchemaStateDocument>(),
    );
  }

  /** From where the node before has come to. Ends early where the lease was lost. */
  private async apply({ version, reached }: SchemaStateDocument): Promise<void> {
    const migrate = this.migrations[version]!;
    for (let after = reached; ;) {
      after = await migrate(this.connection, after, this.clock);
      const isDone = after === null;
      const update = isDone
        ? { version: version + 1, reached: null, lease: null }
        : { reached: after, lease: this.newLease() };
      const mine = { _id: STATE, version, 'lease.by': this.node };
      const { matchedCount } = await asUnavailable(this.states.updateOne(mine, { $set: update }));
      if (isDone || matchedCount === 0) return;
    }
  }

  private newLease(): SchemaStateDocument['lease'] {
    return { by: this.node, until: new Date(this.clock.now().getTime() + LEASE) };
  }

  private async read(): Promise<SchemaStateDocument> {
    const first = { $setOnInsert: { version: 0, oldest: 0, reached: null, lease: null } };
    const options = { upsert: true, returnDocument: 'after' } as const;
    const read = () =>
      asUnavailable(this.states.findOneAndUpdate({ _id: STATE }, first, options).lean<SchemaStateDocument>());
    return retryUntilDeadline(isDuplicateKey, read);
  }
}
