import { StoreContendedError, StoreUnavailableError } from './app-error.js';

interface Waiting {
  readonly run: () => Promise<void>;
  readonly fail: (error: StoreUnavailableError) => void;
}

/**
 * Tasks of one key (changes of one account, messages of one conversation, pictures of one person) run one after the other, in the
 * order in which they came: side by side, writes would only undo one another's compare-and-set. Where one finds the store gone,
 * those behind it fail with it instead of waiting out the same silence one by one.
 */
export class KeyedQueue {
  /** Behind the one at work. */
  private readonly lines = new Map<string, Set<Waiting>>();

  /** `giveUpAt`: as `performance.now()` counts. Who is in the line by then leaves it with a `StoreContendedError`, and never runs. */
  run<R>(key: string, task: () => Promise<R>, giveUpAt = Infinity): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const run = () => task().then(resolve, (error: unknown) => this.abandon(key, error, reject));
      const line = this.lines.get(key);
      if (line) wait(line, { run, fail: reject }, giveUpAt);
      else void this.work(key, run);
    });
  }

  private async work(key: string, first: () => Promise<void>): Promise<void> {
    const line = new Set<Waiting>();
    this.lines.set(key, line);
    await first();
    for (const next of line) {
      line.delete(next);
      await next.run();
    }
    this.lines.delete(key);
  }

  private abandon(key: string, error: unknown, reject: (error: unknown) => void): void {
    reject(error);
    if (!(error instanceof StoreUnavailableError) || error instanceof StoreContendedError) return;
    const line = this.lines.get(key) ?? new Set();
    for (const { fail } of line) fail(error);
    line.clear();
  }
}

function wait(line: Set<Waiting>, { run, fail }: Waiting, giveUpAt: number): void {
  const leave = () => {
    line.delete(place);
    fail(new StoreContendedError());
  };
  const timer = giveUpAt < Infinity ? setTimeout(leave, giveUpAt - performance.now()) : undefined;
  const place: Waiting = {
    run: async () => {
      clearTimeout(timer);
      // The timer may be late itself.
      if (performance.now() < giveUpAt) await run();
      else leave();
    },
    fail: (error) => {
      clearTimeout(timer);
      fail(error);
    },
  };
  line.add(place);
}
