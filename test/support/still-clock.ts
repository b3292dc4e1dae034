import type { TestClock } from './app.js';

/** Stops the clock, so that from now on it moves by `advance` alone and waits come out to the second. */
export function stopClock(clock: TestClock): void {
  const stoodAt = Date.now();
  clock.now = () => new Date(stoodAt + clock.offset);
}
