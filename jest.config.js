const tier = process.env.TEST_TIER ?? 'quick';
// Every count would be undefined, and many a test would pass on nothing.
if (!['quick', 'full', 'long'].includes(tier)) throw new Error(`TEST_TIER is quick, full or long, not "${tier}"`);

/** What starts further processes: nodes, crashes, the command line, browsers, clouds. */
const PROCESSES = '<rootDir>/test/processes/';

/** Suites that make more of something in the long tier. */
const LONG = [
  'race',
  'crash',
  'failover',
  'account-model',
  'start-and-stop',
  'large-accounts',
  'personal-data',
  'users',
  'login-time',
];

/**
 * Unit specs sit beside their source; contract and end-to-end tests in test/. ESM throughout, compiled by SWC.
 * test/support/tier.ts says what the tiers are.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: tier === 'long' ? LONG.map((suite) => `**/${suite}.spec.ts`) : ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(tier === 'quick' ? [PROCESSES] : [])],
  testRunner: '<rootDir>/test/support/runner.mjs',
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  // The same everywhere: a suite may start servers of its own, and some measure how long an answer takes.
  maxWorkers: 2,
  // What the files of a worker share, they also keep: a new one takes over between two files.
  workerIdleMemoryLimit: '1.5GB',
  // What starts processes waits for them on a busy machine.
  testTimeout: tier === 'quick' ? 30_000 : 60_000,
};
