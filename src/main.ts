import { createApp } from './app.setup.js';
import { EnvironmentError, loadConfig } from './config/index.js';
import { UnfitStoreError } from './storage/index.js';

/** In-flight requests get this long to finish, in ms. */
const SHUTDOWN_TIMEOUT = 9000;

async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApp(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(app));
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  process.stdout.write(`Oneseat listens on ${url} (API page: ${url}/docs)\n`);
  if (config.production && !config.secure) {
    process.stderr.write('Warning: PUBLIC_URL is not https, so cookies are not Secure.\n');
  }
}

async function shutDown(app: { close(): Promise<void> }): Promise<void> {
  setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT).unref();
  await app.close();
  process.exit(0);
}

try {
  await main();
} catch (error) {
  // What its operator can mend is said in its own words.
  if (!(error instanceof EnvironmentError || error instanceof UnfitStoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
