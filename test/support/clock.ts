import { Clock } from '../../src/common/index.js';

/** A clock that the test may set forward or back. It runs on as the real one does, until it is stopped. */
export class TestClock extends Clock {
  /** ms by which it is ahead of the real time, or of the moment at which it was stopped. */
  offset = 0;
  private stoppedAt: number | null = null;

  override now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.offset);
  }

  /** By so many ms. */
  advance(by: number): void {
    this.offset += by;
  }

  /** From now on only `advance` moves it, so that waits come out to the second. */
  stop(): void {
    this.stoppedAt = Date.now();
  }
}
