import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from './clock.js';

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
  private stopping = false;
  private asked = false;
  private running: Promise<void> = Promise.resolve();
  private present: Promise<void> | null = null;
  private endPause = (): void => undefined;

  /** `round` deals with its own errors. */
  constructor(
    private readonly clock: Clock,
    private readonly pauseMs: number,
    private readonly round: () => Promise<void>,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** The next round begins without a pause: at once, or when the present one, which may have looked too early, has ended. */
  startNow(): void {
    this.asked = true;
    this.endPause();
  }

  /** Resolves once no round is under way or asked for. */
  async idle(): Promise<void> {
    while (this.present || (this.asked && !this.stopping)) await (this.present ?? nextTurn());
  }

  /** Resolves once the present round has ended. A long one looks at `isStopping` between its steps. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endPause();
    await this.running;
  }

  get isStopping(): boolean {
    return this.stopping;
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
    for (;;) {
      await this.pause();
      if (this.stopping) return;
      this.asked = false;
      this.present = this.round();
      await this.present;
      this.present = null;
    }
  }

  private async pause(): Promise<void> {
    if (this.asked || this.stopping) return;
    const end = new AbortController();
    this.endPause = () => end.abort();
    await this.clock.pause(this.pauseMs, end.signal);
  }
}
