import { burgled, THIEFS_PASSWORD } from '../support/burglary.js';
import { startServer, type TestServer } from '../support/server.js';
import { ENGINES, newStore, type TestStore } from '../support/stores.js';

describe.each(ENGINES)('%s: a report without a session, right before the service is killed', (engine) => {
  let store: TestStore;
  let server: TestServer;
  beforeAll(async () => {
    store = newStore(engine);
    server = await startServer(store, {});
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    await store.dispose();
  });

  it('holds afterwards: the owner is in, and the thief is out', async () => {
    const { mobile, owner, thief } = await burgled(server.api);
    await thief.logIn(mobile);
    expect((await thief.changePassword(THIEFS_PASSWORD)).status).toBe(204);
    expect((await owner.report()).status).toBe(204);
    await server.end('SIGKILL');
    server = await startServer(store, {});
    for (const client of [owner, thief]) client.api = server.api;
    expect(await thief.state()).toBe('session_reported');
    expect((await thief.logIn(mobile, { password: THIEFS_PASSWORD })).body.code).toBe('invalid_credentials');
    expect((await owner.logIn(mobile)).status).toBe(201);
    expect(await owner.state()).toBe('live');
  });
});
