import { build } from '../../scripts/build.mjs';

/** Builds what the process tests start, and says in one line each what is not tested for want of a server. */
export default function globalSetup() {
  build();
  if (process.env.TEST_MONGODB_URI) return;
  const reason = 'MongoDB tests are skipped: TEST_MONGODB_URI is not set.';
  if (process.env.CI === 'true') throw new Error(reason);
  process.stdout.write(`\n${reason}\n`);
}
