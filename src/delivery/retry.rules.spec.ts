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

  it.each([
    ['longer than its own pause', 1, 120_000, 120_000],
    ['shorter than its own pause', 6, 120_000, HOUR],
    ['longer than an hour', 1, 86_400_000, HOUR],
  ])('waits as long as the target asks, where that is %s', (_, attempts, pause, expected) => {
    const asked = new DeliveryFailure('answered 503', false, pause);
    expect(decideRetry(attempts, asked, NOW, 0)).toMatchObject({ nextAttemptAt: new Date(NOW.getTime() + expected) });
    expect(restAfter(1, pause)).toBe(Math.min(pause, HOUR));
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
    ...(
      [
        ['ESOCKET', 'self-signed certificate', 'its certificate is self-signed'],
        ['DEPTH_ZERO_SELF_SIGNED_CERT', '', 'its certificate is self-signed'],
        ['ESOCKET', 'self-signed certificate in certificate chain', 'its certificate is self-signed'],
        ['ESOCKET', 'certificate has expired', 'its certificate has expired'],
        ['CERT_NOT_YET_VALID', '', 'its certificate is not valid yet'],
        ['ESOCKET', "Hostname/IP does not match certificate's altnames: x", 'its certificate is for another host'],
        ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'its certificate is for another host'],
        [
          'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
          'unable to verify the first certificate',
          'its certificate is of an authority that is not trusted',
        ],
        [
          'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
          'unable to get local issuer certificate',
          'its certificate is of an authority that is not trusted',
        ],
        ['CERT_REVOKED', '', 'its certificate was revoked'],
        ['CERT_UNTRUSTED', '', 'its certificate was refused'],
      ] as const
    ).map(([code, message, reason]) => [Object.assign(new Error(message), { code }), reason, false] as const),
  ])('names the fault of %s as %s', (error, reason, isFinal) => {
    expect(DeliveryFailure.of(error)).toMatchObject({ reason, isFinal });
  });
});
