import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { connect } from 'node:net';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { dataUrl, filesOf, pictures } from '../../support/pictures.js';
import { answerOf, beginRaw } from '../../support/raw-http.js';
import { ENGINES } from '../../support/stores.js';

const MB = 1024 * 1024;
/** As JSON: an object of so many members would take a second to make. */
const manyMembers = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"m${index.toString(36)}":0`).join()}}`;

const START = '{"image":"data:image/png;base64,';

describe.each(ENGINES)('%s: pictures within JSON', (engine) => {
  let test: TestApp;
  let contact: string;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none' });
    contact = (await test.api.createUser()).id;
  });
  afterAll(() => test.close());

  const aPerson = async () => {
    const { id } = await test.api.createUser();
    return (await test.api.serviceLogin(id)).body.token as string;
  };
  const path = () => `/api/messages/send/${contact}`;
  const send = (token: string, image: unknown) => test.api.post(path(), { token, body: { image } });
  const begin = (token: string, headers: Record<string, string | number>): ClientRequest => {
    const own = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
    return beginRaw(test.url, { method: 'POST', path: path(), headers: own });
  };
  const sentBy = async (token: string) => (await test.api.get(`/api/messages/${contact}`, { token })).body;
  const files = () => filesOf(test.store);

  it('may have the 8 MiB that a picture may have', async () => {
    const token = await aPerson();
    const image = await pictures.png(1650, 1650);
    expect(image.length).toBeGreaterThan(7 * MB);
    const { status, body } = await send(token, dataUrl('image/png', image));
    expect(status).toBe(201);
    expect(await sentBy(token)).toEqual([body]);
  });

  const png = () => pictures.png(40, 40);
  it.each<[string, () => Promise<string>, number, string]>([
    ['more than 8 MiB', async () => dataUrl('image/png', Buffer.alloc(8 * MB + 1, 1)), 413, 'body_too_large'],
    ['more than 12 MiB of JSON', async () => dataUrl('image/png', Buffer.alloc(10 * MB)), 413, 'body_too_large'],
    ['SVG', async () => dataUrl('image/svg+xml', Buffer.from('<svg/>')), 415, 'unsupported_image'],
    ['HTML said to be a PNG', async () => dataUrl('image/png', Buffer.from('<html>')), 415, 'unsupported_image'],
    ['half a PNG', async () => dataUrl('image/png', (await pictures.png()).subarray(0, 5000)), 422, 'invalid_image'],
    ['too many pixels', async () => dataUrl('image/png', await pictures.bomb()), 422, 'image_too_large'],
    ['an address', async () => 'https://example.com/picture.png', 400, 'validation_failed'],
    ['what is not in base64', async () => 'data:image/png,GIF89a', 400, 'validation_failed'],
    ['broken base64', async () => `${dataUrl('image/png', await png())}*`, 400, 'validation_failed'],
    ['spaces', async () => dataUrl('image/png', await png()).replace('A', ' A'), 400, 'validation_failed'],
    ['no bytes', async () => 'data:image/png;base64,', 400, 'validation_failed'],
    ['millions of parameters', async () => `data:image/png${';a=b'.repeat(2e6)};base64,AAAA`, 400, 'validation_failed'],
  ])('refuses %s quickly, and stores nothing', async (_, given, status, code) => {
    await expectRefusal(JSON.stringify(await given()), status, code);
  });

  it.each<[string, () => string]>([
    ['millions of elements', () => `[${'0,'.repeat(5e6)}0]`],
    ['millions of objects', () => `[${'{},'.repeat(3e6)}{}]`],
    ['a million members', () => manyMembers(1e6)],
    ['more members than a body may have', () => manyMembers(20_000)],
  ])('refuses %s quickly, and stores nothing', (_, json) => expectRefusal(json(), 400, 'invalid_json'));

  async function expectRefusal(imageAsJson: string, status: number, code: string): Promise<void> {
    const [token, before] = [await aPerson(), files()];
    const started = process.cpuUsage();
    const answer = await test.api.post(path(), { token, body: `{"image":${imageAsJson}}` });
    expect(answer).toMatchObject({ status, body: { status, code } });
    // The service runs in this process. How long a busy machine kept it waiting says nothing of it.
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(3000);
    expect(await sentBy(token)).toEqual([]);
    expect(files()).toEqual(before);
  }

  it('is of no interest to any other call', async () => {
    const body = { to: contact, text: 'x'.repeat(200_000) };
    const answer = await test.api.post('/v1/messages', { token: await aPerson(), body });
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  it('is not read before its sender was let in, nor where its length is too great', async () => {
    for (const [token, length, status, code] of [
      ['nobody', 11 * MB, 401, 'invalid_token'],
      ['nobody', 99 * MB, 401, 'invalid_token'],
      [await aPerson(), 13 * MB, 413, 'body_too_large'],
    ] as const) {
      const outgoing = begin(token, { 'content-length': length });
      expect(await answerOf(outgoing)).toEqual({ status, code });
      outgoing.destroy();
    }
  });

  it('is taken from nobody whose session ends while it comes', async () => {
    const [token, other] = [await aPerson(), await aPerson()];
    const outgoing = begin(token, { 'transfer-encoding': 'chunked' });
    const answer = answerOf(outgoing);
    // More than the buffers between hold: the service is reading by now.
    await new Promise((resolve) => outgoing.write(START + 'A'.repeat(8 * MB), resolve));
    expect((await test.api.delete('/v1/sessions/current', { token })).status).toBe(204);
    outgoing.end('"}');
    expect(await answer).toEqual({ status: 401, code: 'session_logged_out' });
    expect(await sentBy(other)).toEqual([]);
  });

  it('of one person take no more memory than there is for it, and whoever breaks off leaves room again', async () => {
    const [token, other] = [await aPerson(), await aPerson()];
    const image = dataUrl('image/png', await png());
    const open = Array.from({ length: 5 }, () => begin(token, { 'content-length': MB }));
    const answers = open.map((outgoing) => answerOf(outgoing));
    for (const outgoing of open) outgoing.write(START);
    // Four are being read; the one too many is answered.
    expect(await Promise.any(answers)).toEqual({ status: 503, code: 'busy' });
    expect((await send(token, image)).body.code).toBe('busy');
    expect((await send(other, image)).status).toBe(201);
    for (const outgoing of open) outgoing.destroy();
    await Promise.allSettled(answers);
    const { status } = await eventually(
      () => send(token, image),
      (answer) => answer.status === 201,
    );
    expect(status).toBe(201);
  });

  it('of one person leave room for those of others, however large they say they are', async () => {
    const [token, other] = [await aPerson(), await aPerson()];
    const slow = Array.from({ length: 3 }, () => begin(token, { 'content-length': 11 * MB }));
    const answers = slow.map((outgoing) => answerOf(outgoing));
    for (const outgoing of slow) outgoing.write(START);
    expect(await Promise.any(answers)).toEqual({ status: 503, code: 'busy' });
    const image = await pictures.png(1650, 1650);
    expect((await send(other, dataUrl('image/png', image))).status).toBe(201);
    for (const outgoing of slow) outgoing.destroy();
    await Promise.allSettled(answers);
  });

  it('leave room again where they came behind another request on a connection that went', async () => {
    const token = await aPerson();
    const { hostname, port } = new URL(test.url);
    const first = JSON.stringify({ identifier: 'nobody', password: 'plum-Velvet-7-harbour' });
    const requests = [
      `POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${first.length}\r\n\r\n${first}`,
      `POST ${path()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${MB}\r\n\r\n{`,
    ].join('');
    for (const pause of [2, 4, 6, 8, 10, 12, 14, 16]) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(requests);
      // Somewhere between its arrival and the answer to the first one.
      await new Promise((resolve) => setTimeout(resolve, pause));
      socket.destroy();
    }
    const image = dataUrl('image/png', await png());
    const { status } = await eventually(
      () => send(token, image),
      (answer) => answer.status === 201,
    );
    expect(status).toBe(201);
  });
});
