import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Api } from './api.js';
import { BASE_SETTINGS, SERVICE_KEY } from './app.js';
import type { TestStore } from './stores.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built service in a process of its own. */
export interface TestServer {
  readonly api: Api;
  readonly process: ChildProcess;
  /** What it has written to stdout and stderr so far. */
  output(): string;
  /** Sends the signal and waits for the end; returns the exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Resolves once the service listens. Throws with its output where it ends before. `node`: the path of another Node. */
export async function startServer(
  store: TestStore,
  settings: Readonly<Record<string, string>> = {},
  node = process.execPath,
): Promise<TestServer> {
  const env = {
    PATH: process.env.PATH,
    ...BASE_SETTINGS,
    PORT: '0',
    LOG_LEVEL: 'warn',
    SERVICE_KEYS: `test:${SERVICE_KEY}`,
  };
  const child = spawn(node, [MAIN], { env: { ...env, ...store.settings, ...settings } });
  let output = '';
  const listening = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Oneseat listens on (\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => reject(new Error(`the service ended with ${code}:\n${output}`)));
  });
  const api = new Api(await listening);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  return { api, process: child, output: () => output, end };
}
