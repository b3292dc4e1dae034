/** After this long without success a change of the store is given up, in ms: a request makes it, and is answered within 3 s. */
const PATIENCE = 2500;

/** When somebody who begins now gives up, as `performance.now()` counts. What they wait in a line is part of it. */
export function deadline(): number {
  return performance.now() + PATIENCE;
}
