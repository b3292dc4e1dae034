import { EventEmitter, once } from 'node:events';
import { Clock } from '../../src/common/index.js';

/**
 * A clock that the test may set forward or back. It runs on as the real one does, until it is stopped. The one way by which tests
 * shorten what the service waits for: whoever pauses goes on once `advance` has moved time past the end of the pause, or that
 * much real time has passed.
 */
export class TestClock extends Clock {
  /** ms by which it is ahead of the real time, or of the moment at which it was stopped. */
  offset = 0;
  private stoppedAt: number | null = null;
  private readonly pauses = new Set<{ readonly ms: number; readonly until: number; readonly end: () => void }>();
  private readonly begun = new EventEmitter();

  /** Shows that moment now, and runs on from there. */
  static at(moment: Date): TestClock {
    const clock = new TestClock();
    clock.advance(moment.getTime() - Date.now());
    return clock;
  }

  override now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.offset);
  }

  override async pause(ms: number, end?: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const pause = { ms, until: this.now().getTime() + ms, end: () => ended.abort() };
    this.pauses.add(pause);
    this.begun.emit('pause');
    if (end?.aborted) pause.end();
    end?.addEventListener('abort', pause.end);
    await super.pause(ms, ended.signal);
    end?.removeEventListener('abort', pause.end);
    this.pauses.delete(pause);
  }

  /** Resolves once somebody pauses for so many ms. */
  async pausing(ms: number): Promise<void> {
    while (![...this.pauses].some((pause) => pause.ms === ms)) await once(this.begun, 'pause');
  }

  /** By so many ms. */
  advance(by: number): void {
    this.offset += by;
    for (const { until, end } of this.pauses) if (until <= this.now().getTime()) end();
  }

  /** From now on only `advance` moves it, so that waits come out to the second. */
  stop(): void {
    this.stoppedAt = Date.now();
  }
}
