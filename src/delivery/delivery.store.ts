import type { Delivery, DeliveryState } from './delivery.js';

/** How a try went: arrived, to be tried again, or given up. */
export type Outcome =
  | { readonly state: 'delivered' }
  | { readonly state: 'pending'; readonly nextAttemptAt: Date; readonly lastError: string }
  | { readonly state: 'dead'; readonly lastError: string };

export interface DeliveryQuery {
  readonly state: DeliveryState;
  /** Only deliveries older than the one with this id; null from the newest on. */
  readonly before: string | null;
  readonly limit: number;
}

export abstract class DeliveryStore {
  /** Adds each behind the others of its lane. One with the same id is there already and stays as it is. */
  abstract add(deliveries: readonly Delivery[]): Promise<void>;

  /**
   * Takes up to `limit` of the target's that are due, each until `leaseUntil`, and counts the try. Only the first pending one
   * of a lane can be had; of claimers that race for it one gets it. What its claimer never settles is due again after the lease.
   */
  abstract claim(target: string, now: Date, leaseUntil: Date, limit: number): Promise<Delivery[]>;

  /** Writes down how the claimed try went, and makes the next of the lane due. False, with nothing changed, where the lease ran out and another has it now. */
  abstract settle(claimed: Delivery, outcome: Outcome, now: Date): Promise<boolean>;

  /** Newest first. */
  abstract list(target: string, query: DeliveryQuery): Promise<Delivery[]>;

  /** Makes a dead one pending again with all its tries, in a lane of its own: its turn is long over. False where the target has no such dead one. */
  abstract redeliver(target: string, id: string, now: Date): Promise<boolean>;

  /** Drops all that the target has. */
  abstract removeTarget(target: string): Promise<void>;

  /**
   * Gives up what has been pending since before `pending`, drops what was delivered or died before those times: of the target,
   * or of all where it is null. At most `limit` of each; returns how many in all.
   */
  abstract tidy(
    target: string | null,
    before: Readonly<Record<DeliveryState, Date>>,
    now: Date,
    limit: number,
  ): Promise<number>;
}
