import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

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

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(this.pauseMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.round();
    }
  }
}
