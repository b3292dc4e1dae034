import type { AccountEvent } from '../accounts/index.js';
import type { Delivery } from './delivery.js';

/** Somebody who is told of events. */
export interface DeliveryTarget {
  readonly id: string;
  /** What is to be sent of the event; null where the target is not told of it. */
  payloadOf(event: AccountEvent): object | null;
  /** Ends soon after `signal` has fired. Throws `DeliveryFailure`. */
  send(delivery: Delivery, signal: AbortSignal): Promise<void>;
}
