// Builds what is stale, then starts in this same process, so that signals reach the service. No lifecycle script needed.
import { build } from './build.mjs';

build();
await import('../dist/main.js');
