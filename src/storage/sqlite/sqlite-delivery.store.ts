import {
  DeliveryStore,
  type Delivery,
  type DeliveryQuery,
  type DeliveryState,
  type Outcome,
} from '../../delivery/index.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface DeliveryRow {
  seq: number;
  id: string;
  target: string;
  user_id: string;
  lane: string;
  event_type: Delivery['eventType'];
  payload: string;
  at: number;
  state: DeliveryState;
  since: number;
  attempts: number;
  next_attempt_at: number;
  last_error: string | null;
}

/** Candidates looked at for each that is asked for: some are not the first of their lane. */
const SCAN = 4;
/** One whose forerunner is due as well is looked at again after this, in ms. */
const BEHIND = 1000;

export class SqliteDeliveryStore extends DeliveryStore {
  constructor(private readonly db: SqliteDatabase) {
    super();
  }

  async add(deliveries: readonly Delivery[]): Promise<void> {
    await this.db.transaction(() => {
      for (const delivery of deliveries) this.db.run(INSERT, toRow(delivery));
    });
  }

  async claim(target: string, now: Date, leaseUntil: Date, limit: number): Promise<Delivery[]> {
    const due = { target, now: now.getTime(), limit: limit * SCAN };
    // Most looks find nothing: those write nothing either.
    if (this.db.all(DUE, { ...due, limit: 1 }).length === 0) return [];
    return this.db.transaction(() => {
      const claimed: Delivery[] = [];
      for (const row of this.db.all<DeliveryRow>(DUE, due)) {
        if (claimed.length === limit) break;
        const head = this.db.get<DeliveryRow>(HEAD, { target, lane: row.lane })!;
        if (head.id === row.id) claimed.push(this.take(row, leaseUntil));
        else this.postpone(row, Math.max(head.next_attempt_at, now.getTime() + BEHIND));
      }
      return claimed;
    });
  }

  async settle(claimed: Delivery, outcome: Outcome, now: Date): Promise<boolean> {
    return this.db.transaction(() => {
      const pending = outcome.state === 'pending';
      const settled = this.db.run(SETTLE, {
        id: claimed.id,
        attempts: claimed.attempts,
        lease: claimed.nextAttemptAt.getTime(),
        state: outcome.state,
        since: (pending ? claimed.since : now).getTime(),
        next_attempt_at: (pending ? outcome.nextAttemptAt : now).getTime(),
        last_error: outcome.state === 'delivered' ? null : outcome.lastError,
      });
      if (settled > 0 && !pending) this.wakeNext(claimed, now);
      return settled > 0;
    });
  }

  async list(target: string, { state, before, limit }: DeliveryQuery): Promise<Delivery[]> {
    const sql = select(before !== null);
    return this.db.all<DeliveryRow>(sql, { target, state, limit, ...(before && { before }) }).map(fromRow);
  }

  async redeliver(target: string, id: string, now: Date): Promise<boolean> {
    return this.db.transaction(() => this.db.run(REDELIVER, { target, id, now: now.getTime() }) > 0);
  }

  async removeTarget(target: string): Promise<void> {
    await this.db.transaction(() => this.db.run('DELETE FROM deliveries WHERE target = :target', { target }));
  }

  async tidy(
    target: string | null,
    before: Readonly<Record<DeliveryState, Date>>,
    now: Date,
    limit: number,
  ): Promise<number> {
    const { giveUp, drop } = target === null ? TIDY_ALL : TIDY_TARGET;
    return this.db.transaction(() => {
      const old = (state: DeliveryState) => ({
        state,
        before: before[state].getTime(),
        limit,
        ...(target !== null && { target }),
      });
      return (
        this.db.run(giveUp, { ...old('pending'), now: now.getTime() }) +
        this.db.run(drop, old('delivered')) +
        this.db.run(drop, old('dead'))
      );
    });
  }

  private take(row: DeliveryRow, leaseUntil: Date): Delivery {
    this.db.run(TAKE, { id: row.id, lease: leaseUntil.getTime() });
    return { ...fromRow(row), attempts: row.attempts + 1, nextAttemptAt: leaseUntil };
  }

  private postpone({ id }: DeliveryRow, next_attempt_at: number): void {
    this.db.run('UPDATE deliveries SET next_attempt_at = :next_attempt_at WHERE id = :id', { id, next_attempt_at });
  }

  private wakeNext({ target, lane }: Delivery, now: Date): void {
    const next = this.db.get<DeliveryRow>(HEAD, { target, lane });
    // One that was tried has been claimed since.
    if (next?.attempts === 0) this.postpone(next, now.getTime());
  }
}

const INSERT = `
  INSERT INTO deliveries (id, target, user_id, lane, event_type, payload, at, state, since, attempts, next_attempt_at,
  last_error) VALUES (:id, :target, :user_id, :lane, :event_type, :payload, :at, :state, :since, :attempts,
  :next_attempt_at, :last_error)
  ON CONFLICT (id) DO NOTHING`;

const DUE = `
  SELECT * FROM deliveries WHERE target = :target AND state = 'pending' AND next_attempt_at <= :now
  ORDER BY next_attempt_at, seq LIMIT :limit`;

const HEAD = `
  SELECT * FROM deliveries WHERE target = :target AND lane = :lane AND state = 'pending' ORDER BY seq LIMIT 1`;

const TAKE = 'UPDATE deliveries SET attempts = attempts + 1, next_attempt_at = :lease WHERE id = :id';

const SETTLE = `
  UPDATE deliveries SET state = :state, since = :since, next_attempt_at = :next_attempt_at, last_error = :last_error
  WHERE id = :id AND state = 'pending' AND attempts = :attempts AND next_attempt_at = :lease`;

const REDELIVER = `
  UPDATE deliveries SET state = 'pending', since = :now, lane = id, attempts = 0, next_attempt_at = :now
  WHERE id = :id AND target = :target AND state = 'dead'`;

/** By time among all, or by what the target has in a state: the plus keeps SQLite from reading the old ones of all targets. */
const TIDY_ALL = tidyOf('state = :state AND since < :before');
const TIDY_TARGET = tidyOf('target = :target AND state = :state AND +since < :before');

function tidyOf(old: string) {
  const found = `SELECT seq FROM deliveries WHERE ${old} LIMIT :limit`;
  return {
    giveUp: `
      UPDATE deliveries SET state = 'dead', since = :now, last_error = coalesce(last_error, 'never tried')
      WHERE seq IN (${found})`,
    drop: `DELETE FROM deliveries WHERE seq IN (${found})`,
  };
}

function select(fromCursor: boolean): string {
  const after = 'AND (at, id) < (SELECT at, id FROM deliveries WHERE target = :target AND id = :before)';
  return `
  SELECT * FROM deliveries WHERE target = :target AND state = :state ${fromCursor ? after : ''}
  ORDER BY at DESC, id DESC LIMIT :limit`;
}

function toRow(delivery: Delivery) {
  const { id, target, lane, payload, state, attempts } = delivery;
  return {
    id,
    target,
    user_id: delivery.userId,
    lane,
    event_type: delivery.eventType,
    payload,
    at: delivery.at.getTime(),
    state,
    since: delivery.since.getTime(),
    attempts,
    next_attempt_at: delivery.nextAttemptAt.getTime(),
    last_error: delivery.lastError,
  };
}

function fromRow(row: DeliveryRow): Delivery {
  const { id, target, lane, payload, state, attempts } = row;
  return {
    id,
    target,
    userId: row.user_id,
    lane,
    eventType: row.event_type,
    payload,
    at: new Date(row.at),
    state,
    since: new Date(row.since),
    attempts,
    nextAttemptAt: new Date(row.next_attempt_at),
    lastError: row.last_error,
  };
}
