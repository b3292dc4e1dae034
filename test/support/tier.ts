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

/** Every n-th of them, beginning elsewhere at each turn: many cases share what otherwise each of them would try. */
export function everyNth<T>(all: readonly T[], turn: number, every: number): readonly T[] {
  return all.filter((_, index) => index % every === turn % every);
}

/** `everyNth` in the quick tier; in full each case tries all. */
export function share<T>(all: readonly T[], turn: number, every: number): readonly T[] {
  return TIER === 'quick' ? everyNth(all, turn, every) : all;
}
