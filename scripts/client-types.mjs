// Writes src/client/openapi.ts: the types of every call, from what the running application says of itself.
import openapiTS, { astToString } from 'openapi-typescript';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { startBuilt } from './server.mjs';

const FILE = fileURLToPath(new URL('../src/client/openapi.ts', import.meta.url));

/** The file's text for an OpenAPI document. */
export async function clientTypesOf(document) {
  const code = astToString(await openapiTS(document, { defaultNonNullable: false }));
  const text = `/** Made by \`npm run client:types\`: the calls of the service. */\n\n${code}`;
  return prettier.format(text, { ...(await prettier.resolveConfig(FILE)), filepath: FILE });
}

/** The file as it is. */
export const readClientTypes = () => readFile(FILE, 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'oneseat-types-'));
  const server = await startBuilt({ DATABASE_FILE: join(folder, 'oneseat.db'), MONGODB_URI: '', LOG_LEVEL: 'warn' });
  await writeFile(FILE, await clientTypesOf(await (await fetch(`${server.url}/openapi.json`)).json()));
  await server.end();
  rmSync(folder, { recursive: true });
}
