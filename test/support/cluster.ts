import pLimit from 'p-limit';
import type { Api } from './api.js';
import { startServer } from './server.js';
import { newStore, type Engine } from './stores.js';

/** Two processes of the built service on one store. */
export interface Cluster {
  readonly apis: readonly [Api, Api];
  close(): Promise<void>;
}

export async function startCluster(engine: Engine, settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const store = newStore(engine);
  const servers = await Promise.all([startServer(store, settings), startServer(store, settings)]);
  const close = async () => {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
    await store.dispose();
  };
  return { apis: [servers[0].api, servers[1].api], close };
}

/** More sockets at once would only wait in the kernel. */
const IN_FLIGHT = 100;

/** A store too slow for its deadlines answers 503; a client that means it asks again. */
const TRIES = 20;

export async function persist<T>(task: () => Promise<T>, onUnanswered = () => {}): Promise<T> {
  for (let tries = 1; ; tries++) {
    const answer = await task();
    if ((answer as { status?: unknown }).status !== 503 || tries === TRIES) return answer;
    onUnanswered();
  }
}

/**
 * Deals `count` tasks out to the processes in turn and runs them all at once, as far as sockets go. `onUnanswered` hears of
 * each 503: that task is begun again, though the store may have done it, or may yet do it.
 */
export function race<T>(
  apis: readonly Api[],
  count: number,
  task: (api: Api, index: number) => Promise<T>,
  onUnanswered = () => {},
): Promise<T[]> {
  const lanes = apis.map((api) => ({ api, turn: pLimit(IN_FLIGHT) }));
  const runs = Array.from({ length: count }, (_, index) => {
    const { api, turn } = lanes[index % lanes.length]!;
    return turn(() => persist(() => task(api, index), onUnanswered));
  });
  return Promise.all(runs);
}
