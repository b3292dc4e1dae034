import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Compiles what has changed since the last build. Without the compiler (a production install) the build that is there serves. */
export function build() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  let compiler;
  try {
    compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    return;
  }
  execFileSync(process.execPath, [compiler, '--build', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
