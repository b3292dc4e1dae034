import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Sweeper } from './sweeper.js';

describe('Sweeper', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(new Logger()));

  it('goes on after a sweep that throws, until the application stops', async () => {
    let sweeps = 0;
    let again: () => void = () => undefined;
    const third = new Promise<void>((resolve) => (again = resolve));
    class Failing extends Sweeper {
      async sweep(): Promise<void> {
        sweeps += 1;
        if (sweeps === 3) again();
        throw new Error('the store fails');
      }
    }
    const sweeper = new Failing(1);
    sweeper.onApplicationBootstrap();
    await third;
    await sweeper.onApplicationShutdown();
    const atTheEnd = sweeps;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(sweeps).toBe(atTheEnd);
  });
});
