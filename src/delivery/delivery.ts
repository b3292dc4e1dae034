import { v5 as uuidv5 } from 'uuid';
import type { AccountEvent } from '../accounts/index.js';

export const DELIVERY_STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event on its way to one target. */
export interface Delivery {
  /** Derives from event and target: the same on every try. */
  readonly id: string;
  /** A webhook's id, `mail`, `text`, `push` or `former-contact`. */
  readonly target: string;
  /** Whom the event is about. */
  readonly userId: string;
  /** What goes to a target in one lane goes in order, one after the other. */
  readonly lane: string;
  readonly eventType: AccountEvent['type'];
  /** JSON. No secret, and no address: those are looked up when it is sent. Only `former-contact` holds the one that the account has no more. */
  readonly payload: string;
  /** When the event happened. */
  readonly at: Date;
  readonly state: DeliveryState;
  /** When it came into its state. */
  readonly since: Date;
  /** Tries begun, the present one included. */
  readonly attempts: number;
  /** When it may be tried next. A claim moves it to the end of its lease, so that what a crash leaves behind is tried again. */
  readonly nextAttemptAt: Date;
  readonly lastError: string | null;
}

const NAMESPACE = '8f2d6c52-2b3e-4c58-9b57-6f6a2f1f0d11';

/** A delivery of the event that waits for its first try. */
export function newDelivery(event: AccountEvent, target: string, payload: object, now: Date): Delivery {
  return {
    id: uuidv5(`${event.id}\n${target}`, NAMESPACE),
    target,
    userId: event.userId,
    lane: laneOf(event),
    eventType: event.type,
    payload: JSON.stringify(payload),
    at: event.at,
    state: 'pending',
    since: now,
    attempts: 0,
    nextAttemptAt: now,
    lastError: null,
  };
}

/** Events of one session stay in order, and so do those of a user that are about no session. */
export function laneOf(event: AccountEvent): string {
  return ('session' in event && event.session?.id) || event.userId;
}
