import type { TestClock } from './clock.js';

/** What `read` finds, once `until` holds of it; what it found last where that takes longer than `patience`, in ms. */
export async function eventually<T>(read: () => Promise<T>, until: (found: T) => boolean, patience = 5000): Promise<T> {
  const giveUpAt = Date.now() + patience;
  for (;;) {
    const found = await read();
    if (until(found) || Date.now() > giveUpAt) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** `read`, each time after so many ms of the service's time. */
export function passing<T>(clock: TestClock, ms: number, read: () => Promise<T>): () => Promise<T> {
  return async () => {
    clock.advance(ms);
    return read();
  };
}
