import { PYTHON_HAS_SOCKETIO, runPythonClient } from '../support/python.js';
import { startServer, type TestServer } from '../support/server.js';
import { TRANSPORTS } from '../support/sockets.js';
import { newStore } from '../support/stores.js';

const withPython = PYTHON_HAS_SOCKETIO ? describe : describe.skip;

withPython('sqlite: a client in Python', () => {
  const store = newStore('sqlite');
  let server: TestServer;
  let userId: string;
  beforeAll(async () => {
    server = await startServer(store);
    ({ id: userId } = await server.api.createUser());
  });
  afterAll(async () => {
    expect(await server.end('SIGTERM')).toBe(0);
    await store.dispose();
  });

  const login = async (deviceId: string) => (await server.api.serviceLogin(userId, { deviceId })).body;

  it.each(TRANSPORTS)('is displaced over %s, and learns why', async (transport) => {
    const { token, session } = await login(`laptop-${transport}`);
    let displaced: any;
    const heard = await runPythonClient({ url: server.api.url, token, transport }, async () => {
      ({ displaced } = await login(`phone-${transport}`));
    });
    expect(heard).toEqual([
      ['connect', null],
      ['session.ended', { id: session.id, reason: 'displaced', endedBy: displaced[0].endedBy }],
      ['disconnect', null],
    ]);
    const { endedAt, endedBy } = displaced[0];
    const [refused] = await runPythonClient({ url: server.api.url, token, transport }, () => undefined);
    expect(refused).toEqual([
      'connect_error',
      { message: expect.any(String), data: { code: 'session_displaced', endedAt, endedBy } },
    ]);
  });
});
