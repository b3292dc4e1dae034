import { createApp } from './app.setup.js';
import { EnvironmentError, loadConfig, type Config } from './config/index.js';

/** In-flight requests get this long to finish, in ms. */
const SHUTDOWN_TIMEOUT = 9000;

async function main(): Promise<void> {
  const config = readConfig();
  const app = await createApp(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void shutDown(app));
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  process.stdout.write(`Oneseat listens on ${url} (API page: ${url}/docs)\n`);
  if (config.production && !config.secure) {
    process.stderr.write('Warning: PUBLIC_URL is not https, so cookies are not Secure.\n');
  }
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function shutDown(app: { close(): Promise<void> }): Promise<void> {
  setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT).unref();
  await app.close();
  process.exit(0);
}

await main();
