import { v7 as uuidv7 } from 'uuid';
import sharp from 'sharp';
import {
  avatarUrl,
  ImageStorage,
  ImageStore,
  ImageUses,
  Images,
  imageUrl,
  previewUrl,
} from '../../../src/media/index.js';
import { AvatarSweeper } from '../../../src/media/avatar-sweeper.service.js';
import { UnsentImageSweeper } from '../../../src/media/unsent-image-sweeper.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { failImageUse } from '../../support/faults.js';
import { startCloudinary } from '../../support/fake-cloudinary.js';
import { startS3 } from '../../support/fake-s3.js';
import { CAMERA, filesOf, getPicture, pictures, putAvatar } from '../../support/pictures.js';
import { ENGINES } from '../../support/stores.js';

const HOUR = 3_600_000;

async function aPerson({ api }: TestApp) {
  const { id } = await api.createUser();
  return { id, token: (await api.serviceLogin(id)).body.token as string };
}

describe.each(ENGINES)('%s: pictures of messages', (engine) => {
  let test: TestApp;
  let images: Images;
  beforeAll(async () => {
    test = await startApp(engine, { SESSION_LIMIT: 'none', SESSION_IDLE_TIMEOUT: '86400' });
    images = test.app.get(Images);
  });
  afterAll(() => test.close());

  const get = (path: string, token: string) => getPicture(test.api, path, token);
  const statusOf = async (path: string, token: string) => (await get(path, token)).status;

  /** What one person gives, for themselves and another. */
  async function aPicture(bytes: Buffer) {
    const [from, to] = [await aPerson(test), await aPerson(test)];
    const { imageId } = await images.prepareMessageImage(from.id, bytes, uuidv7(), [from.id, to.id]);
    return { imageId, from, to };
  }

  it('are seen by their two people, and for all others there is none', async () => {
    const { imageId, from, to } = await aPicture(await pictures.png());
    const other = await aPerson(test);
    for (const path of [imageUrl(imageId), previewUrl(imageId)]) {
      expect(await statusOf(path, from.token)).toBe(200);
      expect(await statusOf(path, to.token)).toBe(200);
      const refused = await get(path, other.token);
      const nobodys = await get(path.replace(imageId, uuidv7()), other.token);
      expect([refused.status, nobodys.status]).toEqual([404, 404]);
      const problems = [refused, nobodys].map(({ bytes }) => ({ ...JSON.parse(bytes.toString()), requestId: '' }));
      expect(problems[0]).toEqual(problems[1]);
      expect((await fetch(test.url + path)).status).toBe(401);
    }
    expect(await statusOf(avatarUrl(imageId), from.token)).toBe(404);
  });

  it('have at most 2,048 px and a preview of 320 px, keep their shape, and are never blown up', async () => {
    const sizes: [number, number, number[], number[]][] = [
      [4000, 1000, [2048, 512], [320, 80]],
      [1000, 4000, [512, 2048], [80, 320]],
      [400, 300, [400, 300], [320, 240]],
      [30, 20, [30, 20], [30, 20]],
      [5000, 1, [2048, 1], [320, 1]],
    ];
    for (const [width, height, full, preview] of sizes) {
      const { imageId, to } = await aPicture(await pictures.flat(width, height));
      for (const [path, expected] of [
        [imageUrl(imageId), full],
        [previewUrl(imageId), preview],
      ] as const) {
        const { format, width, height } = await sharp((await get(path, to.token)).bytes).metadata();
        expect({ format, size: [width, height] }).toEqual({ format: 'webp', size: expected });
      }
    }
  });

  it('tell neither where nor with what they were taken, and stand upright', async () => {
    const { imageId, to } = await aPicture(await pictures.geotagged());
    for (const path of [imageUrl(imageId), previewUrl(imageId)]) {
      const { bytes } = await get(path, to.token);
      const { exif, icc, xmp, orientation, width, height } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, orientation, size: [width, height] }).toEqual({ size: [60, 80] });
      expect(bytes.toString('latin1')).not.toContain(CAMERA);
    }
  });

  it('that move keep moving, with a preview that stands still', async () => {
    const { imageId, to } = await aPicture(await pictures.animation(5));
    const full = await sharp((await get(imageUrl(imageId), to.token)).bytes).metadata();
    expect(full).toMatchObject({ format: 'webp', pages: 5, width: 120, height: 80 });
    const preview = await sharp((await get(previewUrl(imageId), to.token)).bytes).metadata();
    expect(preview).toMatchObject({ format: 'webp', width: 120, height: 80 });
    expect(preview.pages).toBeUndefined();
  });

  it.each<[string, () => Promise<Buffer>, string]>([
    ['too many pixels', () => pictures.bomb(), 'image_too_large'],
    ['too many pixels in all frames together', () => pictures.animation(60, 1000, 1000), 'image_too_large'],
    ['no picture', async () => Buffer.from('<svg/>'), 'unsupported_image'],
    ['more than 8 MiB', async () => Buffer.alloc(8 * 1024 * 1024 + 1, 0xff), 'body_too_large'],
  ])('are refused for %s, and leave neither file nor row', async (_, bytes, code) => {
    const { id } = await aPerson(test);
    const [before, given] = [filesOf(test.store), await bytes()];
    await expect(images.prepareMessageImage(id, given, uuidv7(), [id])).rejects.toMatchObject({ code });
    expect(filesOf(test.store)).toEqual(before);
    expect(await test.app.get(ImageStore).listOwned(id, 10)).toEqual([]);
  });

  it('are written anew two at a time, as many wait as there is memory for, and the rest is told to come again', async () => {
    const before = filesOf(test.store).length;
    const small = await pictures.png(60, 40);
    const bytes = Buffer.concat([small, Buffer.alloc(8 * 1024 * 1024 - small.length)]);
    const made = await Promise.allSettled(
      Array.from({ length: 15 }, () => images.prepareMessageImage(uuidv7(), bytes, uuidv7(), [])),
    );
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason.code as string] : []));
    expect(new Set(refused)).toEqual(new Set(['busy']));
    expect(made.length - refused.length).toBe(10);
    expect(filesOf(test.store)).toHaveLength(before + 20);
  });

  describe('nobody uses', () => {
    const sweep = async () => {
      await test.app.get(UnsentImageSweeper).sweep();
      await test.app.get(AvatarSweeper).sweep();
    };
    afterEach(sweep);

    it('go after an hour, with their files; those that are confirmed, or that a message has, stay', async () => {
      await sweep();
      test.clock.advance(2 * HOUR);
      await sweep();
      const before = filesOf(test.store).length;
      const [lost, confirmed, used, unsure] = [
        await aPicture(await pictures.png()),
        await aPicture(await pictures.png()),
        await aPicture(await pictures.png()),
        await aPicture(await pictures.png()),
      ];
      await images.confirm(confirmed.imageId);
      failImageUse(test.app.get(ImageUses), unsure.imageId);
      test.app.get(ImageUses).register(async ({ id, messageId }) => {
        expect(messageId).not.toBeNull();
        return id === used.imageId;
      });
      const seen = async () => {
        await sweep();
        const all = [lost, confirmed, used, unsure];
        return Promise.all(all.map(({ imageId, from }) => statusOf(imageUrl(imageId), from.token)));
      };
      test.clock.advance(HOUR - 60_000);
      expect(await seen()).toEqual([200, 200, 200, 200]);
      test.clock.advance(120_000);
      expect(await seen()).toEqual([404, 200, 200, 200]);
      expect(filesOf(test.store)).toHaveLength(before + 6);
      expect(await test.app.get(ImageStore).find(used.imageId)).toMatchObject({ confirmed: true });
      expect(await test.app.get(ImageStore).find(unsure.imageId)).toMatchObject({ confirmed: false });
    });

    it('go once their sender discards them', async () => {
      const before = filesOf(test.store).length;
      const { imageId, from } = await aPicture(await pictures.png());
      await images.discard(imageId);
      await images.discard(imageId);
      expect(await statusOf(imageUrl(imageId), from.token)).toBe(404);
      expect(filesOf(test.store)).toHaveLength(before);
    });

    it('also profile pictures, which a crash has left, go; the one that is worn stays', async () => {
      const { id, token } = await aPerson(test);
      const worn = (await putAvatar(test.api, token, ['image', await pictures.png()])).body.avatarUrl as string;
      const orphans = [uuidv7(), uuidv7()];
      for (const orphan of orphans) {
        const row = { id: orphan, ownerId: id, use: 'avatar', messageId: null, viewers: [], confirmed: true } as const;
        await test.app.get(ImageStore).add({ ...row, createdAt: test.clock.now() });
      }
      // One was killed before its files were there, one after.
      await test.app.get(ImageStorage).put(orphans[1]!, '256', await pictures.webp());
      const before = filesOf(test.store).length;
      await sweep();
      expect(await statusOf(avatarUrl(orphans[1]!), token)).toBe(200);
      test.clock.advance(HOUR + 1000);
      await sweep();
      expect(await statusOf(avatarUrl(orphans[1]!), token)).toBe(404);
      expect(await statusOf(worn, token)).toBe(200);
      expect(filesOf(test.store)).toHaveLength(before - 1);
      for (const orphan of orphans) expect(await test.app.get(ImageStore).find(orphan)).toBeNull();
    });
  });
});

describe.each([
  ['S3', startS3],
  ['Cloudinary', startCloudinary],
])('sqlite: pictures in %s', (_, start) => {
  it('are shown to those who may see them, through the service, and go from there', async () => {
    const cloud = await start();
    const test = await startApp('sqlite', { SESSION_LIMIT: 'none', ...cloud.settings });
    const { token } = await aPerson(test);
    const { status, body } = await putAvatar(test.api, token, ['image', await pictures.jpeg()]);
    expect(status).toBe(200);
    const served = await getPicture(test.api, body.avatarUrl, token);
    expect([...cloud.kept.values()].some((bytes) => bytes.equals(served.bytes))).toBe(true);
    expect(await sharp(served.bytes).metadata()).toMatchObject({ format: 'webp', width: 256 });
    expect(filesOf(test.store)).toEqual([]);

    cloud.break({ status: 503 });
    expect((await getPicture(test.api, body.avatarUrl, token)).status).toBe(503);
    expect((await putAvatar(test.api, token, ['image', await pictures.jpeg()])).body.code).toBe(
      'image_storage_unavailable',
    );
    cloud.break(null);
    expect((await test.api.get('/v1/users/me', { token })).body.avatarUrl).toBe(body.avatarUrl);

    expect((await test.api.delete('/v1/users/me/avatar', { token })).status).toBe(200);
    expect(cloud.kept.size).toBe(0);
    await test.close();
    await cloud.close();
  });
});
