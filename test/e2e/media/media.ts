import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import sharp from 'sharp';
import { Images } from '../../../src/media/index.js';
import { PersonalData } from '../../../src/personal-data/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { CAMERA, filesOf, getPicture, pictures, putAvatar, type Part } from '../../support/pictures.js';
import { answerOf, beginRaw } from '../../support/raw-http.js';
import { ENGINES } from '../../support/stores.js';

const MB = 1024 * 1024;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const HTML = '<!doctype html><script>alert(1)</script>';

describe.each(ENGINES)('%s: profile pictures', (engine) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none' });
  });
  afterAll(() => test.close());

  async function aPerson() {
    const { id } = await test.api.createUser();
    return { id, token: (await test.api.serviceLogin(id)).body.token as string };
  }
  const put = (token: string, ...parts: Part[]) => putAvatar(test.api, token, ...parts);
  const get = (path: string, token: string, headers?: Record<string, string>) =>
    getPicture(test.api, path, token, headers);
  const avatarOf = async (token: string) =>
    (await test.api.get('/v1/users/me', { token })).body.avatarUrl as string | null;
  const files = () => filesOf(test.store);

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    'takes a %s, and shows it as WebP of 256 and of 64 px',
    async (kind) => {
      const [{ id, token }, other] = [await aPerson(), await aPerson()];
      const { status, body } = await put(token, ['image', await pictures[kind]()]);
      expect({ status, id: body.id }).toEqual({ status: 200, id });
      expect(body.avatarUrl).toMatch(/^\/v1\/images\/[\da-f-]{36}\/256$/);
      expect(await avatarOf(token)).toBe(body.avatarUrl);
      await test.api.acquaint({ id, token }, other);
      expect((await test.api.get(`/v1/users/${id}`, { token: other.token })).body.avatarUrl).toBe(body.avatarUrl);

      const avatarUrl = body.avatarUrl as string;
      const small = avatarUrl.replace('/256', '/64');
      for (const [path, side] of [
        [avatarUrl, 256],
        [small, 64],
        [avatarUrl.replace('/256', ''), 256],
      ] as const) {
        const { status, bytes } = await get(path, other.token);
        expect(status).toBe(200);
        expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: side, height: side });
      }
    },
  );

  it('serves it so that it can be nothing but a picture, and is fetched once', async () => {
    const { token } = await aPerson();
    const { avatarUrl } = (await put(token, ['image', await pictures.png()])).body;
    const { headers } = await get(avatarUrl, token);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.get('vary')).toMatch(/Authorization, Cookie/);
    const etag = headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await get(avatarUrl, token, { 'if-none-match': known });
      expect({ status: again.status, length: again.bytes.length }).toEqual({ status: 304, length: 0 });
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await get(avatarUrl, token, { 'if-none-match': '"other"' })).status).toBe(200);
    const stranger = await get(avatarUrl, 'nobody', { 'if-none-match': etag });
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('cache-control')).toBe('no-store');
  });

  it('is shown by cookie too, as a page shows it', async () => {
    const { mobile } = await test.api.createUser();
    const { headers, body } = await test.api.login(mobile);
    const { avatarUrl } = (await put(body.token, ['image', await pictures.png()])).body;
    const cookie = headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const { status } = await fetch(`${test.url}${avatarUrl}`, { headers: { cookie } });
    expect(status).toBe(200);
    expect((await fetch(`${test.url}${avatarUrl}`)).status).toBe(401);
  });

  it('goes with its files when it is replaced or taken away', async () => {
    const { token } = await aPerson();
    const before = files().length;
    const first = (await put(token, ['image', await pictures.png()])).body.avatarUrl as string;
    const second = (await put(token, ['image', await pictures.jpeg()])).body.avatarUrl;
    expect(second).not.toBe(first);
    expect((await get(first, token)).status).toBe(404);
    expect((await get(second, token)).status).toBe(200);
    expect(files()).toHaveLength(before + 2);
    for (let i = 0; i < 2; i++) {
      const { status, body } = await test.api.delete('/v1/users/me/avatar', { token });
      expect({ status, avatarUrl: body.avatarUrl }).toEqual({ status: 200, avatarUrl: null });
      expect((await get(second, token)).status).toBe(404);
    }
    expect(files()).toHaveLength(before);
  });

  it('is one picture where two race for it, and nothing of the others stays', async () => {
    const { token } = await aPerson();
    const before = files().length;
    const image = await pictures.jpeg();
    const answers = await Promise.all(Array.from({ length: 2 }, () => put(token, ['image', image])));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await get((await avatarOf(token))!, token)).status).toBe(200);
    expect(files()).toHaveLength(before + 2);
  });

  it('tells neither where nor with what it was taken, and stands upright', async () => {
    const { token } = await aPerson();
    const original = await pictures.geotagged();
    const given = await sharp(original).metadata();
    expect(given).toMatchObject({
      orientation: 6,
      width: 80,
      exif: expect.anything(),
      icc: expect.anything(),
      xmp: expect.anything(),
    });
    const { avatarUrl } = (await put(token, ['image', original])).body;
    for (const path of [avatarUrl, (avatarUrl as string).replace('/256', '/64')]) {
      const { bytes } = await get(path, token);
      const { exif, icc, xmp, iptc, orientation, width } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
      expect(bytes.toString('latin1')).not.toMatch(new RegExp(`${CAMERA}|Exif|GPS|xmp`, 'i'));
      // The strip that was at the left edge as stored is at the top as meant.
      const redness = async (y: number) => {
        const { data } = await sharp(bytes)
          .extract({ left: width >> 1, top: y, width: 1, height: 1 })
          .raw()
          .toBuffer({ resolveWithObject: true });
        return data[0]! - data[2]!;
      };
      expect(await redness(2)).toBeGreaterThan(150);
      expect(await redness(width - 3)).toBeLessThan(-50);
    }
  });

  it('serves no script that came behind a picture', async () => {
    const { token } = await aPerson();
    const gif = Buffer.concat([await pictures.gif(), Buffer.from(HTML)]);
    const png = Buffer.concat([await pictures.png(), Buffer.from(HTML)]);
    for (const image of [gif, png]) {
      const { status, body } = await put(token, ['image', image, 'x.html']);
      expect(status).toBe(200);
      const { bytes, headers } = await get(body.avatarUrl, token);
      expect(bytes.toString('latin1')).not.toContain('script');
      expect(headers.get('content-type')).toBe('image/webp');
    }
  });

  type Refusal = [what: string, parts: () => Promise<Part[]>, status: number, code: string];
  const one = async (content: Promise<Buffer> | Buffer | string, name?: string): Promise<Part[]> => [
    ['image', Buffer.from(await content), ...(name ? [name] : [])] as unknown as Part,
  ];
  const cut = async (image: Promise<Buffer>, part = 0.6) => {
    const whole = await image;
    return whole.subarray(0, Math.floor(whole.length * part));
  };
  const refusals: Refusal[] = [
    ['an SVG', () => one(SVG, 'x.svg'), 415, 'unsupported_image'],
    ['an SVG named .png', () => one(`<?xml version="1.0"?>\n${SVG}`, 'x.png'), 415, 'unsupported_image'],
    ['HTML named .png', () => one(HTML, 'x.png'), 415, 'unsupported_image'],
    ['HTML behind the letters GIF', () => one(`GIF8${HTML}`, 'x.gif'), 415, 'unsupported_image'],
    ['HTML that begins as a GIF does', () => one(`GIF89a${HTML}`, 'x.gif'), 422, 'invalid_image'],
    [
      'a TIFF',
      () =>
        one(
          sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
            .tiff()
            .toBuffer(),
        ),
      415,
      'unsupported_image',
    ],
    [
      'an AVIF',
      () =>
        one(
          sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
            .avif()
            .toBuffer(),
        ),
      415,
      'unsupported_image',
    ],
    ['an empty file', () => one(''), 415, 'unsupported_image'],
    ['16,000 × 16,000 pixels', () => one(pictures.bomb()), 422, 'image_too_large'],
    ['too many frames', () => one(pictures.animation(201, 2, 2)), 422, 'image_too_large'],
    ['a JPEG that is cut off', () => one(cut(pictures.jpeg())), 422, 'invalid_image'],
    ['a JPEG of which the last tenth is missing', () => one(cut(pictures.jpeg(), 0.9)), 422, 'invalid_image'],
    ['a PNG that is cut off', () => one(cut(pictures.png())), 422, 'invalid_image'],
    ['a WebP that is cut off', () => one(cut(pictures.webp())), 422, 'invalid_image'],
    ['a GIF that is cut off', () => one(cut(pictures.gif())), 422, 'invalid_image'],
    ['the beginning of a JPEG alone', () => one(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 422, 'invalid_image'],
    ['20 MB', () => one(Buffer.alloc(20 * MB, 0xff)), 413, 'body_too_large'],
    ['a byte more than 8 MiB', () => one(Buffer.alloc(8 * MB + 1, 0xff)), 413, 'body_too_large'],
    ['no file', async () => [], 400, 'validation_failed'],
    [
      'two files',
      async () => [...(await one(pictures.png())), ...(await one(pictures.png()))],
      400,
      'validation_failed',
    ],
    ['a file in a field of another name', async () => [['avatar', await pictures.png()]], 400, 'validation_failed'],
    ['a file in __proto__', async () => [['__proto__', await pictures.png()]], 400, 'validation_failed'],
    ['a text in place of the file', async () => [['image', 'text']], 415, 'unsupported_image'],
    [
      'a field beside the file',
      async () => [...(await one(pictures.png())), ['role', 'admin']],
      400,
      'validation_failed',
    ],
    [
      'a field before the file',
      async () => [['role', 'admin'], ...(await one(pictures.png()))],
      400,
      'validation_failed',
    ],
    [
      'a thousand fields',
      async () => Array.from({ length: 1000 }, (_, i): Part => [`f${i}`, 'x']),
      400,
      'validation_failed',
    ],
  ];

  it.each(refusals)('refuses %s quickly, and leaves everything as it was', async (_, parts, status, code) => {
    const { token } = await aPerson();
    const { avatarUrl } = (await put(token, ['image', await pictures.png(40, 40)])).body;
    const [before, given] = [files(), await parts()];
    const started = performance.now();
    const answer = await put(token, ...given);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(files()).toEqual(before);
    expect(await avatarOf(token)).toBe(avatarUrl);
    expect((await get(avatarUrl, token)).status).toBe(200);
  });

  describe('forms', () => {
    const raw = (
      token: string,
      headers: Record<string, string | number>,
      path = '/v1/users/me/avatar',
      method = 'PUT',
    ) => {
      const own = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=x', ...headers };
      return beginRaw(test.url, { method, path, headers: own });
    };
    const HEAD = '--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n';
    it('are refused before any of the body has come: by the length, and without a session', async () => {
      const { token } = await aPerson();
      const long = { 'content-length': 20 * MB };
      for (const [as, status, code] of [
        [token, 413, 'body_too_large'],
        ['nobody', 401, 'invalid_token'],
      ] as const) {
        const outgoing = raw(as, long);
        expect(await answerOf(outgoing)).toEqual({ status, code });
        outgoing.destroy();
      }
    });

    it('of unknown length are refused as soon as they are too long', async () => {
      const { token } = await aPerson();
      const outgoing = raw(token, { 'transfer-encoding': 'chunked' });
      const answer = answerOf(outgoing);
      outgoing.write(HEAD);
      outgoing.write(Buffer.alloc(9 * MB));
      expect(await answer).toEqual({ status: 413, code: 'body_too_large' });
      outgoing.destroy();
      const whole = raw(token, { 'transfer-encoding': 'chunked' });
      const later = answerOf(whole);
      whole.write(HEAD);
      whole.end(Buffer.alloc(20 * MB));
      expect(await later).toEqual({ status: 413, code: 'body_too_large' });
    });

    it('are taken to their end where they are refused early, for some clients send all before they read', async () => {
      const { token } = await aPerson();
      const outgoing = raw(token, { 'transfer-encoding': 'chunked', connection: 'keep-alive' });
      const answer = answerOf(outgoing);
      outgoing.write(HEAD.replace('"image"', '"picture"'));
      const sent = once(outgoing, 'finish');
      outgoing.end(Buffer.alloc(30 * MB));
      await sent;
      expect(await answer).toEqual({ status: 400, code: 'validation_failed' });
    });

    it.each([
      ['is no form', 'hello', 'multipart/form-data; boundary=x', 400, 'bad_request'],
      ['breaks off', `${HEAD}abc`, 'multipart/form-data; boundary=x', 400, 'bad_request'],
      ['names no boundary', `${HEAD}abc\r\n--x--\r\n`, 'multipart/form-data', 400, 'bad_request'],
      ['is empty', '', 'multipart/form-data; boundary=x', 400, 'validation_failed'],
      ['is a bare picture', 'GIF89a', 'image/gif', 415, 'unsupported_media_type'],
      ['is JSON', '{}', 'application/json', 415, 'unsupported_media_type'],
    ])('a body that %s is a problem', async (_, body, type, status, code) => {
      const { token } = await aPerson();
      const outgoing = raw(token, { 'content-type': type, 'content-length': body.length });
      const answer = answerOf(outgoing);
      outgoing.end(body);
      expect(await answer).toEqual({ status, code });
    });

    it('are taken by no other call', async () => {
      const { token } = await aPerson();
      for (const [method, path] of [
        ['PATCH', '/v1/users/me'],
        ['POST', '/v1/sessions'],
        ['POST', '/v1/notifications/read-all'],
      ] as const) {
        const outgoing = raw(token, { 'content-length': HEAD.length }, path, method);
        const answer = answerOf(outgoing);
        outgoing.end(HEAD);
        expect(await answer).toEqual({ status: 415, code: 'unsupported_media_type' });
      }
    });

    it('that a session began and did not outlive set no picture, and leave none', async () => {
      const { token } = await aPerson();
      const before = files();
      const outgoing = raw(token, { 'transfer-encoding': 'chunked' });
      const answer = answerOf(outgoing);
      const image = await pictures.png(1500, 1000);
      outgoing.write(HEAD);
      // More than the buffers between hold: the service is reading by now.
      await new Promise((resolve) => outgoing.write(image.subarray(0, image.length - 100), resolve));
      expect((await test.api.delete('/v1/sessions/current', { token })).status).toBe(204);
      outgoing.write(image.subarray(image.length - 100));
      outgoing.end('\r\n--x--\r\n');
      expect(await answer).toEqual({ status: 401, code: 'session_logged_out' });
      expect(files()).toEqual(before);
    });

    it('of one person are few at a time, and whoever breaks off leaves room again', async () => {
      const [{ token }, other] = [await aPerson(), await aPerson()];
      const before = files();
      const image: Part = ['image', await pictures.png()];
      const open = Array.from({ length: 4 }, () => raw(token, { 'transfer-encoding': 'chunked' }));
      for (const outgoing of open) outgoing.on('error', () => undefined).write(HEAD);
      const busy = await eventually(
        () => put(token, image),
        ({ status }) => status === 503,
      );
      expect(busy).toMatchObject({ status: 503, body: { code: 'busy' } });
      expect(busy.headers.get('retry-after')).toBe('1');
      expect((await put(other.token, image)).status).toBe(200);
      for (const outgoing of open) outgoing.destroy();
      expect(
        (
          await eventually(
            () => put(token, image),
            ({ status }) => status === 200,
          )
        ).status,
      ).toBe(200);
      expect(files().length - before.length).toBeLessThanOrEqual(4);
    });
  });

  it('is not found by an id that is none of a picture, in a size of another use, or in none that there is', async () => {
    const { token } = await aPerson();
    const { avatarUrl } = (await put(token, ['image', await pictures.png()])).body;
    const at = avatarUrl.replace('/256', '');
    for (const path of [`${at}/preview`, `${at}/full`, `${at}/65`, `${at}/__proto__`, `/v1/images/${randomUUID()}`]) {
      const { status, bytes } = await get(path, token);
      expect({ path, status, code: JSON.parse(bytes.toString()).code }).toEqual({
        path,
        status: 404,
        code: 'image_not_found',
      });
    }
    expect((await get('/v1/images/1', token)).status).toBe(400);
  });

  it('stays as it was where the new one cannot be kept', async () => {
    const { token } = await aPerson();
    const broken = await startApp(engine, { SESSION_LIMIT: 'none', MEDIA_DIR: '/dev/null/media' }, test.store);
    const { avatarUrl } = (await put(token, ['image', await pictures.png()])).body;
    const refused = await putAvatar(broken.api, token, ['image', await pictures.png()]);
    expect(refused).toMatchObject({ status: 503, body: { code: 'image_storage_unavailable' } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    await broken.close();
    expect(await avatarOf(token)).toBe(avatarUrl);
    expect((await get(avatarUrl, token)).status).toBe(200);
  });

  it('that cannot be read now is 503, and served once it can', async () => {
    const { token } = await aPerson();
    const { avatarUrl } = (await put(token, ['image', await pictures.png()])).body;
    const broken = await startApp(engine, { SESSION_LIMIT: 'none', MEDIA_DIR: '/dev/null/media' }, test.store);
    const { status, headers } = await getPicture(broken.api, avatarUrl, token);
    expect({ status, caching: headers.get('cache-control') }).toEqual({ status: 503, caching: 'no-store' });
    await broken.close();
    expect((await get(avatarUrl, token)).status).toBe(200);
  });

  it('goes with everything else that its owner gave', async () => {
    const { id, token } = await aPerson();
    const before = files().length;
    await put(token, ['image', await pictures.png()]);
    const images = test.app.get(Images);
    await images.prepareMessageImage(id, await pictures.png(), randomUUID(), [id]);
    expect(files()).toHaveLength(before + 4);
    await test.app.get(PersonalData).erase(id);
    expect(files()).toHaveLength(before);
  });
});
