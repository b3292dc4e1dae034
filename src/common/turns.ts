import pLimit from 'p-limit';

/** Lets only so many pieces of work last at the same time. */
export class Turns {
  private readonly limit: ReturnType<typeof pLimit>;
  private readonly taken = new Set<Promise<void>>();

  constructor(atOnce: number) {
    this.limit = pLimit(atOnce);
  }

  /** Resolves when the work has begun; nobody waits for its end, so it deals with its own errors. */
  begin(work: () => Promise<void>): Promise<void> {
    return new Promise((begun) => {
      const turn = this.limit(() => {
        begun();
        return work();
      }).finally(() => this.taken.delete(turn));
      this.taken.add(turn);
    });
  }

  /** Resolves once all that was given has ended. */
  async idle(): Promise<void> {
    while (this.taken.size > 0) await Promise.all(this.taken);
  }
}
