import { Injectable } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';

/** The only source of time. Tests put their own in its place: it ends a pause once they have moved time past its end. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Resolves after so many ms, or once `end` fires. Keeps no process alive. */
  async pause(ms: number, end?: AbortSignal): Promise<void> {
    await delay(ms, undefined, { ref: false, signal: end }).catch(() => undefined);
  }
}
