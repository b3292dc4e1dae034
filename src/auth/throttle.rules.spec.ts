import fc from 'fast-check';
import { NOW } from '../../test/support/records.js';
import { ACCOUNT_RULE, ADDRESS_RULE, expiryOf, keyOf, waitOf } from './throttle.rules.js';

const later = (ms: number) => new Date(NOW.getTime() + ms);

describe('failures of an account', () => {
  const waitAfter = (count: number, now = NOW) => waitOf(ACCOUNT_RULE, { count, lastAt: NOW }, now);

  it('are free five times; then a second, doubling up to a quarter of an hour', () => {
    expect(waitOf(ACCOUNT_RULE, null, NOW)).toBe(0);
    expect([1, 4, 5, 6, 7, 14, 15, 16, 100_000].map((count) => waitAfter(count))).toEqual([
      0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000, 900_000,
    ]);
  });

  it('make wait from the last failure on, and not a millisecond longer', () => {
    expect(waitAfter(6, later(1999))).toBe(1);
    expect(waitAfter(6, later(2000))).toBe(0);
    expect(waitAfter(6, later(99_999))).toBe(0);
  });

  it('are forgotten a day after the last', () => {
    expect(keyOf(ACCOUNT_RULE, 'account:1', NOW)).toBe('account:1');
    expect(expiryOf(ACCOUNT_RULE, NOW)).toEqual(later(86_400_000));
  });
});

describe('failures of an address', () => {
  const waitAfter = (count: number, now: Date) => waitOf(ADDRESS_RULE, { count, lastAt: NOW }, now);

  it('are thirty in ten minutes; then nothing until the next ten', () => {
    expect(waitAfter(29, NOW)).toBe(0);
    expect(waitAfter(30, NOW)).toBe(600_000);
    expect(waitAfter(31, later(599_999))).toBe(1);
  });

  it('have a counter of their own in each window, kept until that is over', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (a, b) => {
        const sameWindow = Math.floor(a / 600_000) === Math.floor(b / 600_000);
        expect(keyOf(ADDRESS_RULE, 'login:ip', later(a)) === keyOf(ADDRESS_RULE, 'login:ip', later(b))).toBe(
          sameWindow,
        );
        const windowEnd = later(a).getTime() + waitAfter(30, later(a));
        expect(expiryOf(ADDRESS_RULE, later(a)).getTime()).toBeGreaterThanOrEqual(windowEnd);
      }),
    );
  });
});
