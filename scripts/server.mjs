import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Builds and starts the service on a free port of 127.0.0.1. `core`: the one that it may use, where `taskset` exists. */
export async function startBuilt(settings, { core } = {}) {
  build();
  const pinned = core !== undefined && spawnSync('taskset', ['-V']).status === 0;
  const [command, ...args] = [...(pinned ? ['taskset', '-c', String(core)] : []), process.execPath, MAIN];
  if (pinned) spawnSync('taskset', ['-a', '-cp', String(core + 1), String(process.pid)]);
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', ...settings };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /Oneseat listens on (\S+)/.exec(chunk);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  const end = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { url, end };
}
