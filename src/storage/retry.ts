import { setTimeout as delay } from 'node:timers/promises';
import { deadline, StoreContendedError, StoreUnavailableError } from '../common/index.js';

/** Another commit came between the read and the write. */
export class ConflictError extends Error {}

const LONGEST_PAUSE_MS = 20;

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
