/** A deleted account of which everything that is kept has to be erased. */
export interface Erasure {
  readonly userId: string;
  readonly deletedAt: Date;
  readonly dueAt: Date;
}

const [HOUR, DAY] = [3_600_000, 86_400_000];

/**
 * Everything is erased at once. Then again, for somebody may have been writing meanwhile: when no request and no handing on
 * of an event lasts any more, and when no delivery can be waiting any more (they are given up after three days).
 */
const AGAIN_AFTER = [HOUR, 4 * DAY];

/** Due at once. */
export function firstErasure(userId: string, deletedAt: Date): Erasure {
  return { userId, deletedAt, dueAt: deletedAt };
}

/** The next, or null after the last. */
export function nextErasure({ userId, deletedAt, dueAt }: Erasure): Erasure | null {
  const next = AGAIN_AFTER.map((after) => new Date(deletedAt.getTime() + after)).find((at) => at > dueAt);
  return next ? { userId, deletedAt, dueAt: next } : null;
}
