import type { Clock } from '../common/index.js';

/**
 * Hands `work` a signal that fires with `outer`, and after `ms`. Not `AbortSignal.any` over `AbortSignal.timeout`: on Node 20
 * the garbage collector takes that one away before it fires, and what hangs then hangs for good.
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = () => controller.abort();
  const done = new AbortController();
  void clock.pause(ms, done.signal).then(() => done.signal.aborted || end());
  outer.addEventListener('abort', end, { once: true });
  if (outer.aborted) end();
  try {
    return await work(controller.signal);
  } finally {
    done.abort();
    outer.removeEventListener('abort', end);
  }
}
