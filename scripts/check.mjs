// `npm run check`: format, lint, types and boundaries, on two processors. Each has its say, whatever another one finds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Of about the same length: each runs one after the other. */
const LANES = [['eslint .'], ['prettier --check .', 'tsc --noEmit', 'depcruise src']];

async function passes(command) {
  const child = spawn(command, { shell: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  process.stdout.write(`> ${command}\n${output}`);
  return code === 0;
}

async function run(lane) {
  const results = [];
  for (const command of lane) results.push(await passes(command));
  return results;
}

const results = (await Promise.all(LANES.map(run))).flat();
process.exitCode = results.every(Boolean) ? 0 : 1;
