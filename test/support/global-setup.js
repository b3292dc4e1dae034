import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from '../../scripts/build.mjs';

const runs = (command, ...args) => spawnSync(command, args).status === 0;

/** For the tiers with servers: builds what they start, and says in one line each what is not tested for want of a server. */
export default function globalSetup() {
  if ((process.env.TEST_TIER ?? 'quick') === 'quick') return;
  build();
  const missing = [
    process.env.TEST_MONGODB_URI ? null : 'MongoDB tests are skipped: TEST_MONGODB_URI is not set.',
    runs(process.env.TEST_MONGOD ?? 'mongod', '--version')
      ? null
      : 'The loss of a MongoDB primary is not tested: there is no TEST_MONGOD (or mongod).',
    runs('redis-server', '--version') ? null : 'Redis tests are skipped: there is no redis-server.',
    runs(process.env.TEST_PYTHON ?? 'python3', '-c', 'import socketio, websocket, requests')
      ? null
      : 'The Python client is not tested: TEST_PYTHON (or python3) has no python-socketio[client].',
    existsSync(process.env.TEST_CHROMIUM ?? '/usr/bin/chromium')
      ? null
      : 'The client is not tested in a browser: there is no TEST_CHROMIUM (or /usr/bin/chromium).',
    process.env.TEST_NODES ? null : 'No other version of Node is tried: TEST_NODES is not set.',
    existsSync('/proc/self/status') ? null : 'The memory that pictures take is not tested: only Linux tells it.',
  ].filter(Boolean);
  if (missing.length === 0) return;
  if (process.env.CI === 'true') throw new Error(missing.join('\n'));
  process.stdout.write(`\n${missing.join('\n')}\n`);
}
