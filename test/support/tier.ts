/**
 * The three tiers. `quick` is `npm test`: SQLite, small counts, no server and no further process. `full` has every store and
 * server, and small counts of what is long. `long` runs full counts.
 */
export type Tier = 'quick' | 'full' | 'long';

/** Jest started by an editor runs the quick one. */
export const TIER = (process.env.TEST_TIER ?? 'quick') as Tier;

/** How many of something a test makes, by tier. */
export function byTier<T>(counts: Readonly<Record<Tier, T>>): T {
  return counts[TIER];
}

/** In the quick tier every n-th of them, beginning elsewhere at each turn: many cases share what in full each of them tries. */
export function share<T>(all: readonly T[], turn: number, every: number): readonly T[] {
  return TIER === 'quick' ? all.filter((_, index) => index % every === turn % every) : all;
}
