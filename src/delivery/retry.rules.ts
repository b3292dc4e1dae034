import type { DeliveryFailure } from './delivery-failure.js';
import type { Outcome } from './delivery.store.js';

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** Pauses after the first, second, … failed try, in ms: nearly 28 hours in all, so that a target may be away for a day. */
export const RETRY_PAUSES: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  5 * HOUR,
  6 * HOUR,
  6 * HOUR,
];

/** A pause is up to this much longer than it need be, so that what failed together does not come back together. */
const JITTER = 0.2;

/** The longest that a target which fails is left alone, in ms, unless it asks for more. */
const MAX_REST = 15 * SECOND;

/** The longest that a target may ask to be left alone, in ms. */
const LONGEST_PAUSE = 1 * HOUR;

/** `random` is from 0 to 1. */
export function decideRetry(attempts: number, failure: DeliveryFailure, now: Date, random: number): Outcome {
  const pause = RETRY_PAUSES[attempts - 1];
  const lastError = failure.reason;
  if (pause === undefined || failure.isFinal) return { state: 'dead', lastError };
  const asked = Math.min(failure.pause, LONGEST_PAUSE);
  const wait = Math.max(pause, asked) * (1 + JITTER * random);
  return { state: 'pending', nextAttemptAt: new Date(now.getTime() + wait), lastError };
}

/**
 * How long a target is left alone after so many failures in a row, in ms: a dead one with a long queue costs next to nothing. `asked` is
 * what it has asked for.
 */
export function restAfter(failures: number, asked = 0): number {
  return Math.max(Math.min(250 * 2 ** (failures - 1), MAX_REST), Math.min(asked, LONGEST_PAUSE));
}
