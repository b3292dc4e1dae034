import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PYTHON = process.env.TEST_PYTHON ?? 'python3';
const CLIENT = fileURLToPath(new URL('./python-client.py', import.meta.url));

/** `test/support/global-setup.js` says so where it has not. */
export const PYTHON_HAS_SOCKETIO = spawnSync(PYTHON, ['-c', 'import socketio, websocket, requests']).status === 0;

/** Runs the client to its end; returns what it heard. `onConnect` is called once it is connected. */
export async function runPythonClient(
  settings: { url: string; token: string; transport: string },
  onConnect: () => unknown,
): Promise<[event: string, payload: any][]> {
  const env = { URL: settings.url, TOKEN: settings.token, TRANSPORT: settings.transport, PATH: process.env.PATH };
  const child = spawn(PYTHON, [CLIENT], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: [string, any][] = [];
  let rest = '';
  for await (const chunk of child.stdout) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      heard.push(JSON.parse(line));
      if (heard.at(-1)?.[0] === 'connect') await onConnect();
    }
  }
  return heard;
}
