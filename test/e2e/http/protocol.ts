import { gzipSync } from 'node:zlib';
import { startApp, type TestApp } from '../../support/app.js';
import { readOperations } from '../../support/openapi.js';
import { sendRaw } from '../../support/raw-http.js';

const operations = await readOperations();

describe.each([
  ['without other origins', {}],
  ['with other origins', { CORS_ORIGINS: 'https://app.example.com' }],
])('HTTP, %s,', (_, settings) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp('sqlite', settings);
  });
  afterAll(() => test.close());

  const options = (path: string, headers = {}) => sendRaw(test.url, { method: 'OPTIONS', path, headers });

  it('answers OPTIONS with the methods of every path', async () => {
    const paths = new Set(operations.map(({ path }) => path));
    for (const path of paths) {
      const methods = operations.filter((one) => one.path === path).map(({ method }) => method);
      const { status, headers } = await options(path.replace(/\{\w+\}/g, '01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f'));
      expect({ path, status }).toEqual({ path, status: 204 });
      expect(headers.allow!.split(', ')).toEqual(expect.arrayContaining([...methods, 'OPTIONS']));
    }
    expect((await options('/v1/sessions?x=1')).status).toBe(204);
    expect((await options('/v1/nothing')).status).toBe(404);
  });

  it('leaves preflights to the rule about other origins', async () => {
    const asked = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };
    const { status, headers } = await options('/v1/sessions', asked);
    const isAllowed = 'CORS_ORIGINS' in settings;
    expect({ status, allowed: headers['access-control-allow-origin'] }).toEqual(
      isAllowed ? { status: 204, allowed: 'https://app.example.com' } : { status: 404, allowed: undefined },
    );
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'x-gzip', 'gzip, gzip', 'nonsense'])(
    'takes no body in %s',
    async (encoding) => {
      const body = gzipSync('{"identifier":"nobody","password":"plum-Velvet-7-harbour"}');
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const answer = await sendRaw(test.url, { method: 'POST', path: '/v1/sessions', headers, body });
      expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
      expect(answer.headers['accept-encoding']).toBe('identity');
    },
  );

  it('takes a body that says it is not encoded', async () => {
    const body = '{"identifier":"nobody","password":"plum-Velvet-7-harbour"}';
    const headers = { 'content-type': 'application/json', 'content-encoding': 'identity' };
    expect((await sendRaw(test.url, { method: 'POST', path: '/v1/sessions', headers, body })).status).toBe(401);
  });

  it('takes a file input that was left empty for no picture', async () => {
    const [{ id }, recipient] = [await test.api.createUser(), await test.api.createUser()];
    const { token } = (await test.api.serviceLogin(id)).body;
    const empty =
      '--x\r\nContent-Disposition: form-data; name="image"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n';
    const field = (name: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x', authorization: `Bearer ${token}` };
    const send = (method: string, path: string, body: string) =>
      sendRaw(test.url, { method, path, headers, body: `${body}--x--\r\n` });
    expect(await send('PUT', '/v1/users/me/avatar', empty)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'image', message: 'is needed' }] },
    });
    const to = field('to', recipient.id);
    const sent = await send('POST', '/v1/messages', `${to}${field('text', 'Hello')}${empty}`);
    expect(sent).toMatchObject({ status: 201, body: { text: 'Hello' } });
    expect(sent.body.imageUrl ?? null).toBeNull();
    expect((await send('POST', '/v1/messages', `${to}${empty}`)).status).toBe(400);
  });

  it('gives headers and body together thirty seconds', () => {
    const server = test.app.getHttpServer();
    // Node takes the longer one of the two for the whole request.
    expect([server.headersTimeout, server.requestTimeout]).toEqual([30_000, 30_000]);
  });

  it('documents 400 everywhere, and 414 wherever a path holds what the client chooses', async () => {
    const { paths } = (await test.api.get('/openapi.json')).body;
    for (const [path, item] of Object.entries<Record<string, any>>(paths)) {
      for (const operation of Object.values(item)) {
        expect(operation.responses).toHaveProperty('400');
        expect({ path, '414': '414' in operation.responses }).toEqual({ path, '414': path.includes('{') });
      }
    }
    const [long, broken] = [`/v1/users/${'a'.repeat(200)}`, '/v1/users/%ff'];
    const ask = (path: string) => sendRaw(test.url, { method: 'GET', path });
    expect((await ask(long)).status).toBe(414);
    expect((await ask(broken)).status).toBe(400);
  });
});
