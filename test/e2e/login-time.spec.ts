import { Accounts } from '../../src/accounts/index.js';
import { LAPTOP, PASSWORD } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { rankTest } from '../support/rank-test.js';
import { aCode, setting } from '../support/records.js';
import { ENGINES } from '../support/stores.js';
import { byTier } from '../support/tier.js';

const PAIRS = byTier({ quick: 8, full: 10, long: 300 });
/** ms; three runs of all pairs on a busy machine. */
const TIMEOUT = byTier({ quick: 60_000, full: 300_000, long: 3_600_000 });
/** Devices, each with a live session. */
const MANY = byTier({ quick: 20, full: 20, long: 200 });

/** A difference that chance alone brings about once in a hundred runs; three in a row once in a million. */
const LEVEL = 0.01;
const RUNS = 3;

describe('the rank test', () => {
  it('knows one distribution from two that differ a little', () => {
    const sample = (shift: number) =>
      Array.from({ length: 300 }, (_, i) => ((i * 7919) % 300) / 300 + shift + i * 1e-9);
    expect(rankTest(sample(0), sample(1e-6))).toBeGreaterThan(0.9);
    expect(rankTest(sample(0), sample(0.1))).toBeLessThan(0.001);
    expect(rankTest(sample(0.1), sample(0))).toBeLessThan(0.001);
    // U is 15, where 48 is expected and 12.96 is the deviation.
    const [few, more] = [
      [1, 2, 3, 4, 5, 6, 14, 16],
      [7, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 20],
    ] as const;
    expect(rankTest(few, more)).toBeCloseTo(0.010896, 5);
  });
});

/** With a hash that costs what it does in production: what a stranger can measure is what comes on top. */
describe.each(ENGINES)('%s: the time of a refused login', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { ARGON2_MEMORY: '', SESSION_LIMIT: 'none', SESSION_IDLE_TIMEOUT: '31536000' });
  });
  afterAll(() => test.close());

  async function time(identifier: string): Promise<number> {
    // Whatever an account has to wait after failures.
    test.clock.advance(900_000);
    const since = performance.now();
    const { status } = await test.api.login(identifier, LAPTOP, { password: `not ${PASSWORD}` });
    const took = performance.now() - since;
    expect(status).toBe(401);
    return took;
  }

  /** One after the other, and each of the two first in turn, so that a slow moment of the machine meets both. */
  async function compare(one: string, other: string): Promise<number> {
    const [ones, others]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < PAIRS; pair++) {
      if (pair % 2 === 0) ones.push(await time(one));
      others.push(await time(other));
      if (pair % 2 === 1) ones.push(await time(one));
    }
    return rankTest(ones, others);
  }

  async function expectAlike(one: string, other: string): Promise<void> {
    for (const identifier of [one, other, one, other]) await time(identifier);
    const chances: number[] = [];
    while (chances.length < RUNS && !chances.some((chance) => chance > LEVEL)) chances.push(await compare(one, other));
    process.stdout.write(`${expect.getState().currentTestName}: p = ${chances.map(toText).join(', ')}\n`);
    expect(chances.some((chance) => chance > LEVEL)).toBe(true);
  }

  it(
    `does not tell nobody from somebody, in ${PAIRS} pairs`,
    async () => {
      await expectAlike((await test.api.createUser()).mobile, '+919812345678');
    },
    TIMEOUT,
  );

  it(
    `does not tell an account with ${MANY} devices and sessions from one with none, in ${PAIRS} pairs`,
    async () => {
      const [few, many] = [await test.api.createUser(), await test.api.createUser()];
      for (let count = 0; count < MANY; count++) {
        const { status } = await test.api.serviceLogin(many.id, { deviceId: `device-${count}` });
        expect(status).toBe(201);
      }
      await expectAlike(few.mobile, many.mobile);
    },
    TIMEOUT,
  );

  it(
    `does not tell an account with open codes from one without, in ${PAIRS} pairs`,
    async () => {
      const [without, with_] = [await test.api.createUser(), await test.api.createUser()];
      const codes = [aCode(), aCode({ purpose: 'recover' })];
      await test.app.get(Accounts, { strict: false }).change(with_.id, setting({ codes }));
      await expectAlike(without.mobile, with_.mobile);
    },
    TIMEOUT,
  );
});

const toText = (chance: number) => chance.toFixed(3);
