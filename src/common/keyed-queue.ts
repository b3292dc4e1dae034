import { StoreContendedError, StoreUnavailableError } from './app-error.js';

interface Waiting {
  readonly run: () => Promise<void>;
  readonly fail: (error: StoreUnavailableError) => void;
}

/**
 * Tasks of one key (changes of one account, messages of one conversation, pictures of one person) run one after the other, in the order in which
 * they came: without it they would only undo one another's compare-and-set. Where one finds the store gone, those behind
 * it fail with it instead of waiting out the same silence one by one.
 */
export class KeyedQueue {
  private readonly waiting = new Map<string, Waiting[]>();

  run<R>(key: string, task: () => Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const run = () => task().then(resolve, (error: unknown) => this.abandon(key, error, reject));
      const line = this.waiting.get(key);
      if (line) line.push({ run, fail: reject });
      else void this.work(key, run);
    });
  }

  private async work(key: string, first: () => Promise<void>): Promise<void> {
    const line: Waiting[] = [];
    this.waiting.set(key, line);
    await first();
    for (let next = line.shift(); next; next = line.shift()) await next.run();
    this.waiting.delete(key);
  }

  private abandon(key: string, error: unknown, reject: (error: unknown) => void): void {
    reject(error);
    if (!(error instanceof StoreUnavailableError) || error instanceof StoreContendedError) return;
    for (const { fail } of this.waiting.get(key)?.splice(0) ?? []) fail(error);
  }
}
