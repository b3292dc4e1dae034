import { Logger } from '@nestjs/common';
import { TestClock } from '../../test/support/clock.js';
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
    const clock = new TestClock();
    const sweeper = new Failing(clock, 60_000);
    sweeper.onApplicationBootstrap();
    const passing = setInterval(() => clock.advance(60_000), 1);
    await third;
    clearInterval(passing);
    await sweeper.onApplicationShutdown();
    const atTheEnd = sweeps;
    clock.advance(60_000);
    await new Promise(setImmediate);
    expect(sweeps).toBe(atTheEnd);
  });
});
