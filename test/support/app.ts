import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.setup.js';
import { toConfig } from '../../src/config/index.js';
import { Api, SERVICE_KEY } from './api.js';
import { TestClock } from './clock.js';
import { newStore, type Engine, type TestStore } from './stores.js';

/** What every service of the tests runs with: people are made by the hundred from one address, so their password hashes are cheap. */
export const BASE_SETTINGS = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  ARGON2_MEMORY: '64',
  CREATIONS_PER_ADDRESS: '100000',
  TEXTS_PER_ADDRESS: '100000',
};

export { SERVICE_KEY };
export const ADMIN = { username: 'root.admin', password: 'granite-Lantern-42-orchard' };

/** The real application in this process, on a port of its own and a fresh store. */
export interface TestApp {
  readonly api: Api;
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly clock: TestClock;
  readonly store: TestStore;
  /** Ends the application and its store. */
  close(): Promise<void>;
}

/** `settings` as in the environment. `store`: an existing one instead of a fresh one; then `close` leaves it. */
export async function startApp(
  engine: Engine,
  settings: Readonly<Record<string, string>> = {},
  store?: TestStore,
  clock = new TestClock(),
): Promise<TestApp> {
  const own = store ?? newStore(engine);
  const config = toConfig({
    ...BASE_SETTINGS,
    SERVICE_KEYS: `test:${SERVICE_KEY}`,
    ...own.settings,
    ...settings,
  });
  const app = await createApp(config, clock);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const close = async () => {
    await app.close();
    if (!store) await own.dispose();
  };
  return { api: new Api(url), url, app, clock, store: own, close };
}
