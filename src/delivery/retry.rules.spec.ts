import { NOW } from '../../test/support/records.js';
import { DeliveryFailure } from './delivery-failure.js';
import { decideRetry, restAfter, RETRY_PAUSES } from './retry.rules.js';

const HOUR = 3_600_000;
const failure = new DeliveryFailure('answered 503');

const waited = (attempts: number, random: number): number => {
  const outcome = decideRetry(attempts, failure, NOW, random);
  return outcome.state === 'pending' ? outcome.nextAttemptAt.getTime() - NOW.getTime() : 0;
};

describe('decideRetry', () => {
  it('tries for more than a day, with pauses that grow, then gives up', () => {
    const pauses = RETRY_PAUSES.map((_, index) => waited(index + 1, 0));
    expect(pauses[0]).toBe(5000);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThan(27 * HOUR);
    expect(total).toBeLessThan(29 * HOUR);
    expect(decideRetry(RETRY_PAUSES.length + 1, failure, NOW, 0)).toEqual({ state: 'dead', lastError: 'answered 503' });
  });

  it('spreads what failed together, and never shortens a pause', () => {
    expect(waited(6, 0)).toBe(HOUR);
    expect(waited(6, 0.999)).toBeGreaterThan(1.19 * HOUR);
    expect(waited(6, 0.999)).toBeLessThan(1.2 * HOUR);
  });

  it('gives up at once what the target will never take', () => {
    const outcome = decideRetry(1, new DeliveryFailure('smtp 550', true), NOW, 0);
    expect(outcome).toEqual({ state: 'dead', lastError: 'smtp 550' });
  });
});

describe('restAfter', () => {
  it('grows with each failure in a row, up to a quarter of a minute', () => {
    expect([1, 2, 3, 7, 50, 5000].map(restAfter)).toEqual([250, 500, 1000, 15_000, 15_000, 15_000]);
  });
});

describe('DeliveryFailure', () => {
  it.each([
    [Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED', false],
    [new DOMException('late', 'TimeoutError'), 'timeout', false],
    [Object.assign(new Error('asha@example.com unknown'), { responseCode: 550, command: 'RCPT TO' }), 'smtp 550', true],
    [Object.assign(new Error('try later'), { responseCode: 450, command: 'RCPT TO' }), 'smtp 450', false],
    [Object.assign(new Error('user:pass refused'), { responseCode: 535, command: 'AUTH' }), 'smtp 535', false],
    [new TypeError('https://user:pass@host'), 'TypeError', false],
    ['text', 'unknown', false],
  ])('names the fault of %s as %s', (error, reason, isFinal) => {
    expect(DeliveryFailure.of(error)).toMatchObject({ reason, isFinal });
  });
});
