import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from '../../support/app.js';
import { sendRaw } from '../../support/raw-http.js';

const name = () => `n${randomUUID().slice(0, 12)}`;
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** Decoded leniently, every byte that is no UTF-8 is the same character, and so is every password that has one in its place. */
describe('a body', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp('sqlite', { SESSION_LIMIT: 'none' });
  });
  afterAll(() => test.close());

  const post = (path: string, body: Buffer | string, type = 'application/json', headers = {}) =>
    sendRaw(test.url, { method: 'POST', path, headers: { 'content-type': type, ...headers }, body });
  const account = (username: string, password: (string | number[])[]) =>
    bytes(`{"username":"${username}","password":"`, ...password, '"}');

  it.each<[string, number[]]>([
    ['a letter of Latin-1', [0xe4]],
    ['a byte that begins nothing', [0xff]],
    ['a continuation without a beginning', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a code point beyond the last', [0xf4, 0x90, 0x80, 0x80]],
    ['a character that is cut off', [0xe2, 0x82]],
  ])('with %s is refused, and makes no account', async (_, wrong) => {
    const username = name();
    const refused = await post('/v1/users', account(username, ['h', wrong, 'rbour-plum-77']));
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_encoding' } });
    const known = await test.api.get(`/v1/service/users?username=${username}`, { service: true });
    expect(known.status).toBe(404);
  });

  it('with other bytes in the place of a letter does not log in', async () => {
    const username = name();
    expect((await post('/v1/users', account(username, ['hä\ufffdrbour-plum-77']))).status).toBe(201);
    const login = bytes(`{"identifier":"${username}","password":"hä`, [0xf6], 'rbour-plum-77"}');
    expect(await post('/v1/sessions', login)).toMatchObject({ status: 400, body: { code: 'invalid_encoding' } });
  });

  it.each([
    ['application/json; charset=utf-8', 201],
    ['application/json;charset="UTF-8"', 201],
    ['application/json; charset=utf8', 201],
    ['application/json; charset=iso-8859-1', 415],
    ['application/json; charset="windows-1252"', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=us-ascii', 415],
    ['application/json; profile=x; CHARSET=Latin1', 415],
  ])('of the content type %s: %i', async (type, status) => {
    const answer = await post(
      '/v1/users',
      JSON.stringify({ username: name(), password: 'plum-Velvet-7-harbour' }),
      type,
    );
    expect(answer.status).toBe(status);
    if (status === 415) expect(answer.body.code).toBe('unsupported_media_type');
  });

  it('may begin with a byte order mark', async () => {
    const body = bytes([0xef, 0xbb, 0xbf], JSON.stringify({ username: name(), password: 'plum-Velvet-7-harbour' }));
    expect((await post('/v1/users', body)).status).toBe(201);
  });

  it.each([
    ['text', [0xe4], 400],
    ['text', [0xc3, 0xa4], 201],
  ])('of a form whose field %s has the bytes %j: %i', async (field, given, status) => {
    const [sender, recipient] = [await test.api.createUser(), await test.api.createUser()];
    const { token } = (await test.api.serviceLogin(sender.id)).body;
    const part = (field: string) => `--x\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n`;
    const body = bytes(part('to'), `${recipient.id}\r\n`, part(field), 'h', given, '\r\n--x--\r\n');
    const answer = await post('/v1/messages', body, 'multipart/form-data; boundary=x', {
      authorization: `Bearer ${token}`,
    });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.body.code).toBe('invalid_encoding');
    else expect(answer.body.text).toBe('hä');
  });
});
