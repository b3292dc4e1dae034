import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../src/common/index.js';
import { toConfig } from '../../src/config/index.js';
import { IMAGE_SIZES, type ImageStorage } from '../../src/media/index.js';
import { IMAGE_STORAGE } from '../../src/media/storage/image-storage.provider.js';
import { startCloudinary } from '../support/fake-cloudinary.js';
import type { FakeCloud } from '../support/fake-cloud.js';
import { startS3 } from '../support/fake-s3.js';

/** A place for pictures, empty, and its end. */
interface Place {
  readonly settings: Readonly<Record<string, string>>;
  /** What is kept there, whatever its name. */
  kept(): Buffer[];
  /** From now on it neither takes nor gives anything. */
  fail(): void;
  close(): Promise<void>;
  readonly cloud?: FakeCloud;
}

async function onDisk(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'oneseat-media-'));
  const root = join(folder, 'media');
  const files = () => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return {
    settings: { MEDIA_DIR: root },
    kept: () => files().map(({ parentPath, name }) => readFileSync(join(parentPath, name))),
    fail: () => {
      rmSync(root, { recursive: true, force: true });
      writeFileSync(root, 'no folder');
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function inCloud(start: () => Promise<FakeCloud & Pick<Place, 'settings'>>): Promise<Place> {
  const cloud = await start();
  const fail = () => cloud.break({ status: 500, body: 'broken' });
  return { settings: cloud.settings, kept: () => [...cloud.kept.values()], fail, close: () => cloud.close(), cloud };
}

const PLACES: [string, () => Promise<Place>][] = [
  ['disk', onDisk],
  ['s3', () => inCloud(startS3)],
  ['cloudinary', () => inCloud(startCloudinary)],
];

const open = async (settings: Place['settings']): Promise<ImageStorage> =>
  IMAGE_STORAGE.useFactory(toConfig(settings), new Clock());

const callsOn = (storage: ImageStorage, id: string): (() => Promise<unknown>)[] => [
  () => storage.put(id, 'full', randomBytes(10)),
  () => storage.get(id, 'full'),
  () => storage.remove(id),
];

describe.each(PLACES)('%s: image storage', (_, start) => {
  let place: Place;
  let storage: ImageStorage;
  beforeAll(async () => {
    place = await start();
    storage = await open(place.settings);
  });
  afterAll(() => place.close());

  it('gives back what it was given, byte by byte, each size by itself', async () => {
    const id = uuidv7();
    const files = IMAGE_SIZES.map((size, i) => ({ size, bytes: randomBytes(i * 100_000) }));
    for (const { size, bytes } of files) await storage.put(id, size, bytes);
    for (const { size, bytes } of files) expect((await storage.get(id, size))?.equals(bytes)).toBe(true);
  });

  it('replaces what is there, whole, also where several do so at once', async () => {
    const id = uuidv7();
    await storage.put(id, 'full', randomBytes(2_000_000));
    const versions = Array.from({ length: 5 }, () => randomBytes(1000));
    await Promise.all(versions.map((bytes) => storage.put(id, 'full', bytes)));
    const found = await storage.get(id, 'full');
    expect(versions.some((bytes) => found?.equals(bytes))).toBe(true);
  });

  it('has nothing of a picture that never was, or of a size in which it is not kept', async () => {
    const id = uuidv7();
    await storage.put(id, '64', randomBytes(10));
    expect(await storage.get(id, '256')).toBeNull();
    expect(await storage.get(uuidv7(), '64')).toBeNull();
  });

  it('removes all of a picture and nothing of another, also twice', async () => {
    const before = place.kept().length;
    const [id, other] = [uuidv7(), uuidv7()];
    for (const size of IMAGE_SIZES) await storage.put(id, size, randomBytes(10));
    await storage.put(other, 'preview', randomBytes(10));
    for (const one of [id, id, uuidv7()]) await storage.remove(one);
    for (const size of IMAGE_SIZES) expect(await storage.get(id, size)).toBeNull();
    expect(await storage.get(other, 'preview')).not.toBeNull();
    expect(place.kept()).toHaveLength(before + 1);
  });

  it('says 503 with its own code where the place does not answer as it should', async () => {
    const failing = await start();
    const broken = await open(failing.settings);
    const id = uuidv7();
    await broken.put(id, 'full', randomBytes(10));
    failing.fail();
    for (const call of callsOn(broken, id)) {
      await expect(call()).rejects.toMatchObject({ code: 'image_storage_unavailable', kind: 'unavailable' });
    }
    await failing.close();
  });
});

describe.each(PLACES.slice(1))('%s: image storage', (name, start) => {
  it('signs every request, and what is signed wrongly is refused', async () => {
    const place = await start();
    const { cloud, settings } = place;
    const storage = await open(settings);
    const id = uuidv7();
    await storage.put(id, 'full', randomBytes(100));
    await storage.get(id, 'full');
    await storage.remove(id);
    expect(cloud!.refused).toEqual([]);

    const wrong = Object.entries(settings).map(([key, value]) => [key, value.replace(/KEY$|fe1@/, (end) => `x${end}`)]);
    const forger = await open(Object.fromEntries(wrong));
    for (const call of callsOn(forger, id)) {
      await expect(call()).rejects.toMatchObject({ code: 'image_storage_unavailable' });
    }
    expect(cloud!.refused.length).toBeGreaterThanOrEqual(3);
    expect(cloud!.kept.size).toBe(0);
    await place.close();
  });

  it('keeps what nobody gets without a signature', async () => {
    const place = await start();
    const storage = await open(place.settings);
    await storage.put(uuidv7(), 'full', randomBytes(10));
    const [key] = place.cloud!.kept.keys();
    const path =
      name === 's3' ? `/pictures/${key}` : `/v1_1/Demo-Cloud/raw/download?public_id=${key}&type=authenticated`;
    expect((await fetch(place.cloud!.origin + path)).status).toBe(403);
    await place.close();
  });

  it('gives up on one that never answers, so soon that a service that stops can wait for it', async () => {
    const place = await start();
    const storage = await open(place.settings);
    place.cloud!.fallSilent();
    const since = performance.now();
    for (const call of callsOn(storage, uuidv7()).map((begin) => begin()))
      await expect(call).rejects.toMatchObject({ code: 'image_storage_unavailable' });
    expect(performance.now() - since).toBeLessThan(6000);
    await place.close();
  });

  it('says so where nobody listens', async () => {
    const place = await start();
    const storage = await open(place.settings);
    await place.close();
    await expect(storage.get(uuidv7(), 'full')).rejects.toMatchObject({ code: 'image_storage_unavailable' });
  });
});

describe('s3: image storage', () => {
  it('asks again where one request gets no answer, and has it in time', async () => {
    const place = await inCloud(startS3);
    const storage = await open(place.settings);
    const [id, bytes] = [uuidv7(), randomBytes(10)];
    place.cloud!.fallSilent(1);
    await storage.put(id, 'full', bytes);
    place.cloud!.fallSilent(1);
    expect(await storage.get(id, 'full')).toEqual(bytes);
    await place.close();
  });
});

describe('disk: image storage', () => {
  it('leaves nothing half written: what a killed process left goes with its picture', async () => {
    const place = await onDisk();
    const storage = await open(place.settings);
    const id = uuidv7();
    const folder = join(place.settings.MEDIA_DIR!, id.slice(-2), id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'full.1234.tmp'), 'half a pic');
    expect(await storage.get(id, 'full')).toBeNull();
    await storage.remove(id);
    expect(place.kept()).toEqual([]);
    await place.close();
  });
});
