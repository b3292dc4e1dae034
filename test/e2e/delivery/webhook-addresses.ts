import { ADMIN, startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { adminToken } from '../../support/people.js';
import { startReceiver, type Receiver } from '../../support/receiver.js';
import { newStore, type TestStore } from '../../support/stores.js';

const SETTINGS = { ADMIN_USERNAME: ADMIN.username, ADMIN_PASSWORD: ADMIN.password };

describe('the address of a webhook', () => {
  let test: TestApp;
  let token: string;
  beforeAll(async () => {
    test = await startApp('sqlite', SETTINGS);
    token = await adminToken(test.api);
  });
  afterAll(() => test.close());

  const register = (url: string) => test.api.post('/v1/admin/webhooks', { token, body: { url } });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.20.0.1:8443/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[ff02::1]/',
    'https://localhost/',
    'https://LOCALHOST:3000/',
    'http://hooks.example.com/',
  ])('may not be %s, also when it is changed', async (url) => {
    const refusal = { status: 400, body: { code: 'validation_failed', errors: [{ field: 'url' }] } };
    expect(await register(url)).toMatchObject(refusal);
    const { id } = (await register('https://hooks.example.com/')).body;
    expect(await test.api.patch(`/v1/admin/webhooks/${id}`, { token, body: { url } })).toMatchObject(refusal);
    expect((await test.api.get(`/v1/admin/webhooks/${id}`, { token })).body.url).toBe('https://hooks.example.com/');
  });

  it('may be a public one', async () => {
    for (const url of ['https://8.8.8.8/', 'https://[2606:4700::1111]:8443/a']) {
      expect(await register(url)).toMatchObject({ status: 201, body: { url } });
    }
  });
});

describe('a webhook that has come to lead to a private address', () => {
  const HOSTS = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'];
  let store: TestStore;
  let receiver: Receiver;
  let strict: TestApp;
  /** Ids by host. */
  const webhooks = new Map<string, string>();
  beforeAll(async () => {
    store = newStore('sqlite');
    receiver = await startReceiver();
    // Registered where it was allowed: what a name leads to is judged at each connection, whatever was judged before.
    const lax = await startApp('sqlite', { ...SETTINGS, WEBHOOK_ALLOW_PRIVATE: 'true' }, store);
    const token = await adminToken(lax.api);
    for (const host of HOSTS) {
      const body = { url: `http://${host}:${receiver.port}/${webhooks.size}`, events: ['user.created'] };
      const webhook = (await lax.api.post('/v1/admin/webhooks', { token, body })).body;
      receiver.verify(`/${webhooks.size}`, webhook.secret);
      webhooks.set(host, webhook.id);
    }
    await lax.api.createUser();
    await receiver.gets(HOSTS.length);
    await lax.close();

    strict = await startApp('sqlite', SETTINGS, store);
    await strict.api.createUser();
  });
  afterAll(async () => {
    await strict.close();
    await receiver.close();
    await store.dispose();
  });

  it.each(HOSTS)('is not connected to: %s', async (host) => {
    const token = await adminToken(strict.api);
    const list = `/v1/admin/webhooks/${webhooks.get(host)}/deliveries?state=pending`;
    const items = await eventually(
      async () => (await strict.api.get(list, { token })).body.items as any[],
      ([first]) => first?.lastError,
    );
    expect(items).toMatchObject([{ attempts: 1, lastError: 'address_not_allowed' }]);
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/0', '/1', '/2']);
    expect(receiver.forged).toEqual([]);
  });
});
