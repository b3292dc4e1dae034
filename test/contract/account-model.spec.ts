import fc from 'fast-check';
import { ENGINES, newStore, type Engine, type TestStore } from '../support/stores.js';
import type { Step } from '../support/account-steps.js';
import { AccountUnderTest } from '../support/account-under-test.js';
import { openStorage, type TestStorage } from '../support/storage.js';
import { byTier } from '../support/tier.js';
import { StoreUnavailableError } from '../../src/common/index.js';
import { LIMIT_SCOPES, ON_LIMIT, type SessionPolicy } from '../../src/sessions/index.js';

const any = fc.nat(99);

const device = fc.record({
  // Nothing is shown; a secret that the browser, or a name that a service has; the secret that an unnamed one was given.
  shows: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.constantFrom('A', 'B', 'C', 'D') },
    { weight: 1, arbitrary: any },
  ),
  look: fc.constantFrom('firefox', 'chrome', 'phone'),
  network: fc.constantFrom('home', 'office'),
});

const policy = fc.record({
  limit: fc.constantFrom(1, 2, 2, 3, null),
  per: fc.constantFrom(...LIMIT_SCOPES),
  // `approve` needs somebody who answers: test/e2e/approve.spec.ts.
  onLimit: fc.constantFrom(...ON_LIMIT.filter((onLimit) => onLimit !== 'approve'), 'end-least-recent' as const),
  idleTimeout: fc.constantFrom(60, 600, 3600, 3600),
  maxAge: fc.constantFrom(500, 50_000),
});

const does = <T extends object, K extends string>(kind: K, rest: { [P in keyof T]: fc.Arbitrary<T[P]> }) =>
  fc.record({ kind: fc.constant(kind), ...rest });

const login = does('login', { device, by: fc.constantFrom('service', 'password', 'password', 'old password') });

const step = fc.oneof(
  { weight: 8, arbitrary: login },
  { weight: 2, arbitrary: does('take over', { device, ticket: any, end: fc.array(any, { maxLength: 3 }) }) },
  {
    weight: 3,
    arbitrary: does('end', { which: any, as: fc.constantFrom('self', 'user', 'admin', 'service'), by: any }),
  },
  { weight: 1, arbitrary: does('end all', { as: fc.constantFrom('user', 'others', 'admin', 'service'), by: any }) },
  { weight: 4, arbitrary: does('wait', { seconds: fc.constantFrom(1, 1, 59, 61, 66, 299, 300, 660, 3600) }) },
  { weight: 5, arbitrary: does('use', { which: any, after: fc.constantFrom(0, 1, 30) }) },
  { weight: 2, arbitrary: does('renew', { which: any, rotate: fc.boolean() }) },
  { weight: 2, arbitrary: does('change password', { by: any }) },
  { weight: 1, arbitrary: does('lock', {}) },
  { weight: 1, arbitrary: does('unlock', {}) },
  { weight: 2, arbitrary: does('forget', { device: any, by: any }) },
  { weight: 2, arbitrary: does('policy', { policy }) },
  { weight: 1, arbitrary: does('sweep', {}) },
  { weight: 2, arbitrary: does('hand on', { crash: fc.boolean() }) },
) as fc.Arbitrary<Step>;

const steps = fc.array(step, { minLength: 1, maxLength: 20, size: 'max' });

/** Steps that ask nothing of the store. */
const FREE_OF_STORE: readonly Step['kind'][] = ['wait', 'policy'];

/** What the model knows is the same on each store; MongoDB takes ten times as long over a story. */
const RUNS = byTier({
  quick: { sqlite: 150, mongo: 150 },
  full: { sqlite: 300, mongo: 100 },
  long: { sqlite: 10_000, mongo: 10_000 },
});
/** Stories told side by side: MongoDB answers over a line. */
const ROWS = { sqlite: 1, mongo: 10 } as const;
/** Of the stories, how many at most may be broken off for want of an answer in time: a database in memory always gives one. */
const BROKEN_OFF = { sqlite: 0, mongo: 0.1 } as const;
/** ms */
const TIMEOUT = byTier({ quick: 120_000, full: 240_000, long: 3_600_000 });

const inMemory = (): TestStore => ({ settings: { DATABASE_FILE: ':memory:' }, dispose: async () => undefined });

async function tellStories(storage: TestStorage, engine: Engine, numRuns: number): Promise<void> {
  const story = fc.asyncProperty(policy, steps, async (firstPolicy, told) => {
    try {
      await tell(storage, firstPolicy, told);
    } catch (error) {
      // Without an answer in time, the model cannot know what came about: another story takes the place of this one.
      fc.pre(!(error instanceof StoreUnavailableError));
      throw error;
    }
  });
  await fc.assert(story, { numRuns, maxSkipsPerRun: BROKEN_OFF[engine] });
}

async function tell(storage: TestStorage, firstPolicy: SessionPolicy, told: readonly Step[]): Promise<void> {
  const account = await AccountUnderTest.create(storage, firstPolicy);
  for (const next of told) {
    await account.take(next);
    if (!FREE_OF_STORE.includes(next.kind)) await account.compare();
  }
  await account.finish();
}

describe.each(ENGINES)('%s: account', (engine) => {
  it(
    `does what a plain model does, in ${RUNS[engine]} random stories of up to 20 steps`,
    async () => {
      const store = engine === 'sqlite' ? inMemory() : newStore(engine);
      const storage = await openStorage(store);
      const rows = Array.from({ length: ROWS[engine] }, () =>
        tellStories(storage, engine, RUNS[engine] / ROWS[engine]),
      );
      // All are waited for, so that none goes on after the test.
      const told = await Promise.allSettled(rows);
      await storage.close();
      await store.dispose();
      for (const row of told) {
        if (row.status === 'rejected') throw row.reason;
        expect(row.status).toBe('fulfilled');
      }
    },
    TIMEOUT,
  );
});
