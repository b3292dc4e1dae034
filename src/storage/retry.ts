import { setTimeout as delay } from 'node:timers/promises';
import { StoreContendedError, StoreUnavailableError } from '../common/index.js';

/** Another commit came between the read and the write. */
export class ConflictError extends Error {}

/** After this long without success a write is given up, in ms: a request makes it, and is answered within 3 s. */
const PATIENCE_MS = 2500;
const LONGEST_PAUSE_MS = 20;

/** When somebody who begins now gives up, as `performance.now()` counts. What they wait in a line is part of it. */
export function deadline(): number {
  return performance.now() + PATIENCE_MS;
}

/**
 * Tries again, after a short random pause, as long as `isContention` says that only somebody else's write was in the way.
 * Throws `StoreUnavailableError` at the deadline, and any other error at once.
 * `giveUpAt`: see `deadline`; of somebody who has waited in a line it is earlier than now would make it.
 * `patience`: ms for which an attempt may wait in vain; none begins so late that it would do so beyond the deadline.
 */
export async function retryUntilDeadline<T>(
  isContention: (error: unknown) => boolean,
  attempt: () => T | Promise<T>,
  { giveUpAt = deadline(), patience = 0 } = {},
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isContention(error)) throw error;
      if (performance.now() > giveUpAt - patience)
        throw error instanceof ConflictError ? new StoreContendedError(error) : new StoreUnavailableError(error);
      await delay(Math.random() * Math.min(2 ** tries, LONGEST_PAUSE_MS));
    }
  }
}
