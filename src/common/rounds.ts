import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** What a round has to do, item by item. */
export interface Backlog<Item> {
  /** Up to `limit` of what is left. What was settled is no longer among it. */
  readonly list: (limit: number) => Promise<readonly Item[]>;
  readonly keyOf: (item: Item) => string;
  /** False where nothing came of it. */
  readonly settle: (item: Item) => Promise<boolean>;
}

/** Work that comes round again and again, each time after a pause, until it is stopped. */
export class Rounds {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** `round` deals with its own errors. */
  constructor(
    private readonly pauseMs: number,
    private readonly round: () => Promise<void>,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Resolves once the present round has ended. A long one looks at `isStopping` between its steps. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Repeats `step`, which returns how much it has done, until it finds less than a full batch. Others get their turn in between. */
  async drain(batch: number, step: () => Promise<number>): Promise<void> {
    while (!this.isStopping && (await step()) >= batch) await nextTurn();
  }

  /** Settles one item after the other until nothing else is left. One that cannot be settled waits for the next round, and keeps no other waiting. */
  async settleAll<Item>(batch: number, { list, keyOf, settle }: Backlog<Item>): Promise<void> {
    const stuck = new Set<string>();
    for (;;) {
      const items = (await list(batch + stuck.size)).filter((item) => !stuck.has(keyOf(item)));
      if (items.length === 0) return;
      for (const item of items) {
        if (this.isStopping) return;
        if (!(await settle(item))) stuck.add(keyOf(item));
        await nextTurn();
      }
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(this.pauseMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.round();
    }
  }
}
