// Runs one tier of the tests: `node scripts/test.mjs quick|full|long [Jest's own arguments]`. jest.config.js says what each holds.
import { run } from 'jest';

const [tier, ...args] = process.argv.slice(2);
process.env.TEST_TIER = tier;
await run(args);
