// A process that has loaded the built service and waits to be told on which stores to serve: loading takes seconds,
// serving is then a matter of milliseconds.
import { createApp } from '../../dist/app.setup.js';
import { toConfig } from '../../dist/config/index.js';

async function serve(settings) {
  const app = await createApp(toConfig(settings));
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

process.once('disconnect', () => process.exit());
process.once('message', async (all) => process.send(await Promise.all(all.map(serve))));
process.send('loaded');
