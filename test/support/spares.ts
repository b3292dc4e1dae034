import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Api } from './api.js';
import { BASE_SETTINGS, SERVICE_KEY } from './app.js';
import type { TestStore } from './stores.js';

const SPARE = fileURLToPath(new URL('./spare.mjs', import.meta.url));

/** Loaded ahead while another one serves. */
const WAITING = 2;

/** A process that serves several stores. */
export interface Spare {
  /** One for each store, in their order. */
  readonly apis: readonly Api[];
  /** SIGKILL; resolves once the process is gone. */
  kill(): Promise<void>;
}

interface Child {
  readonly process: ChildProcess;
  readonly output: string[];
  readonly loaded: Promise<void>;
}

/** Processes of the built service, one after the other, each serving the same stores; the next ones load ahead. */
export class Spares {
  private readonly all: Child[] = [];
  private started = 0;

  constructor(private readonly stores: readonly TestStore[]) {}

  /** Serves with a fresh process. Throws with its output where it ends before. */
  async start(): Promise<Spare> {
    while (this.all.length <= this.started + WAITING) this.all.push(load());
    const { process: child, output, loaded } = this.all[this.started++]!;
    await loaded;
    const settings = { ...BASE_SETTINGS, LOG_LEVEL: 'error', SERVICE_KEYS: `test:${SERVICE_KEY}` };
    child.send(this.stores.map((store) => ({ ...settings, ...store.settings })));
    const urls = (await nextMessage(child, output)) as string[];
    return { apis: urls.map((url) => new Api(url)), kill: () => end(child) };
  }

  /** Ends them all. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((child) => end(child.process)));
  }
}

function load(): Child {
  const child = fork(SPARE, { execArgv: [], silent: true, env: { PATH: process.env.PATH } });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const loaded = nextMessage(child, output).then(() => undefined);
  // One that ends before its turn says so then.
  loaded.catch(() => undefined);
  return { process: child, output, loaded };
}

function nextMessage(child: ChildProcess, output: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error(`the service ended:\n${output.join('')}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
