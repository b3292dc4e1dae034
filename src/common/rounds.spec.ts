import { TestClock } from '../../test/support/clock.js';
import { eventually } from '../../test/support/eventually.js';
import { Clock } from './clock.js';
import { Rounds } from './rounds.js';

describe('Rounds', () => {
  it('come one after the other, and none after the end', async () => {
    const clock = new TestClock();
    let [begun, ended, most] = [0, 0, 0];
    const rounds = new Rounds(clock, 60_000, async () => {
      begun += 1;
      most = Math.max(most, begun - ended);
      await new Promise(setImmediate);
      ended += 1;
    });
    rounds.start();
    const passing = setInterval(() => clock.advance(60_000), 1);
    await eventually(
      async () => ended,
      (count) => count >= 3,
    );
    await rounds.stop();
    const atTheEnd = begun;
    expect([most, ended]).toEqual([1, atTheEnd]);
    clock.advance(60_000);
    await new Promise(setImmediate);
    clearInterval(passing);
    expect(begun).toBe(atTheEnd);
  });

  it('come at once where they are asked for, also once more after one that is under way', async () => {
    const ends: (() => void)[] = [];
    const rounds = new Rounds(new Clock(), 60_000, () => new Promise((resolve) => ends.push(resolve)));
    const begun = (count: number) =>
      eventually(
        async () => ends.length,
        (length) => length === count,
        500,
      );
    rounds.startNow();
    rounds.start();
    expect(await begun(1)).toBe(1);
    rounds.startNow();
    rounds.startNow();
    expect(ends).toHaveLength(1);
    let idle = false;
    const waiting = rounds.idle().then(() => (idle = true));
    ends[0]!();
    expect([await begun(2), idle]).toEqual([2, false]);
    ends[1]!();
    await waiting;
    rounds.startNow();
    expect(await begun(3)).toBe(3);
    const stopped = rounds.stop();
    rounds.startNow();
    ends[2]!();
    await stopped;
    await rounds.idle();
    expect(ends).toHaveLength(3);
  });

  it('end at once in their pause', async () => {
    const rounds = new Rounds(new Clock(), 60_000, async () => undefined);
    rounds.start();
    await rounds.stop();
    expect(rounds.isStopping).toBe(true);
  });

  it('drain batch by batch what there is, lets others work in between, and stop between two', async () => {
    const rounds = new Rounds(new Clock(), 1, async () => undefined);
    let left = 25;
    const step = async () => {
      const done = Math.min(left, 10);
      left -= done;
      return done;
    };
    await rounds.drain(10, step);
    expect(left).toBe(0);
    left = 10_000;
    const drained = rounds.drain(10, step);
    await new Promise(setImmediate);
    await rounds.stop();
    await drained;
    expect(left).toBeGreaterThan(9900);
  });

  it('settle each item once, whatever number of others cannot be settled', async () => {
    const rounds = new Rounds(new Clock(), 1, async () => undefined);
    const left = new Set(Array.from({ length: 25 }, (_, index) => `item ${index}`));
    const tried: string[] = [];
    await rounds.settleAll(10, {
      list: async (limit) => [...left].slice(0, limit),
      keyOf: (item) => item,
      settle: async (item) => {
        tried.push(item);
        return tried.length > 12 && left.delete(item);
      },
    });
    expect(tried.sort()).toEqual(Array.from({ length: 25 }, (_, index) => `item ${index}`).sort());
    expect(left.size).toBe(12);
  });
});
