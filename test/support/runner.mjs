// How a test file is run: by jest-circus as always, but loaded by Node itself instead of into a VM of its own. The files of one worker
// share the modules they import, so the service is loaded and compiled once per worker and not once per file.
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';

register('@swc-node/register/esm', import.meta.url);
process.setSourceMapsEnabled(true);
const require = createRequire(import.meta.url);

/** What Jest asks of a `testRunner`. */
export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest's own knows only the source maps of what it has compiled itself.
  Error.prepareStackTrace = undefined;
  const native = Object.create(runtime, {
    requireInternalModule: { value: requireAfresh },
    requireModule: { value: require },
    unstable_shouldLoadAsEsm: { value: () => true },
    unstable_importModule: { value: (path) => import(pathToFileURL(path).href) },
  });
  const here = Object.create(environment, { global: { value: globalThis } });
  return circus.default(globalConfig, config, here, native, testPath, sendMessageToJest);
}

/** jest-circus expects to be new for every file. */
function requireAfresh(path) {
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  delete require.cache[path];
  return require(path);
}
