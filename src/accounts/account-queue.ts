import { StoreContendedError, StoreUnavailableError } from '../common/index.js';

interface Waiting {
  readonly run: () => Promise<void>;
  readonly fail: (error: StoreUnavailableError) => void;
}

/**
 * Changes of one account run one after the other, in the order in which they came: without it they would
 * only undo one another's compare-and-set. Where one finds the store gone, those behind it fail with it
 * instead of waiting out the same silence one by one.
 */
export class AccountQueue {
  private readonly waiting = new Map<string, Waiting[]>();

  run<R>(userId: string, task: () => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const run = () => task().then(resolve, (error: unknown) => this.abandon(userId, error, reject));
      const line = this.waiting.get(userId);
      if (line) line.push({ run, fail: reject });
      else void this.work(userId, run);
    });
  }

  private async work(userId: string, first: () => Promise<void>): Promise<void> {
    const line: Waiting[] = [];
    this.waiting.set(userId, line);
    await first();
    for (let next = line.shift(); next; next = line.shift()) await next.run();
    this.waiting.delete(userId);
  }

  private abandon(userId: string, error: unknown, reject: (error: unknown) => void): void {
    reject(error);
    if (!(error instanceof StoreUnavailableError) || error instanceof StoreContendedError) return;
    for (const { fail } of this.waiting.get(userId)?.splice(0) ?? []) fail(error);
  }
}
