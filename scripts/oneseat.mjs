#!/usr/bin/env node
// The command line. Builds only where nothing is built yet: a command is to be quick.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

if (!existsSync(fileURLToPath(new URL('../dist/cli.js', import.meta.url)))) build();
await import('../dist/cli.js');
