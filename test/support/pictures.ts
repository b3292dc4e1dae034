import { readdirSync, statSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Answer, Api } from './api.js';
import type { Person } from './people.js';
import type { TestStore } from './stores.js';
import { byTier } from './tier.js';

/** Where the example photo says that it was taken, and with what. */
export const GPS = {
  GPSLatitude: '28/1 36/1 50/1',
  GPSLatitudeRef: 'N',
  GPSLongitude: '77/1 12/1 32/1',
  GPSLongitudeRef: 'E',
};
export const CAMERA = 'Secret Camera 3000';

/** A photo of noise: compresses badly, as photos do, and is not tried to. */
const photo = (width = 400, height = 300) =>
  sharp({
    create: { width, height, channels: 3, background: '#48a', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });

const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#48a' } });

/** Each is built once in a file of tests, by what is asked for; nothing binary is checked in. Nobody may write into one. */
export const pictures = builtOnce({
  jpeg: (width?: number, height?: number) => photo(width, height).jpeg().toBuffer(),
  png: (width?: number, height?: number) => photo(width, height).png({ compressionLevel: 0 }).toBuffer(),
  webp: () => photo().webp().toBuffer(),
  gif: () => photo(120, 80).gif().toBuffer(),

  /** Of one colour, where only the shape matters. */
  flat: (width: number, height: number) => flat(width, height).jpeg().toBuffer(),

  /** Taken with the camera turned: 80 px wide as stored, 60 as meant, red at the top as meant. With a place, a camera and a colour profile. */
  async geotagged(): Promise<Buffer> {
    const left = { create: { width: 20, height: 60, channels: 3, background: '#f00' } } as const;
    return flat(80, 60)
      .composite([{ input: await sharp(left).png().toBuffer(), left: 0, top: 0 }])
      .withIccProfile('p3')
      .withExif({ IFD0: { Make: CAMERA }, IFD3: GPS })
      .withMetadata({ orientation: 6 })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${CAMERA}</note></x:xmpmeta>`)
      .jpeg()
      .toBuffer();
  },

  /** 48 million pixels, all of which have to be in memory before the first can be written. */
  largest: () => photo(8000, 6000).jpeg({ quality: 30, progressive: true, mozjpeg: false }).toBuffer(),

  /** Quickly sent and slowly read: 49 million pixels, which is nearly the most that is taken, or fewer. */
  slow: async () => blackPng(byTier({ quick: 4000, full: 7000, long: 7000 }), 'colours'),

  /** 256 million pixels in a few KB. */
  bomb: async () => blackPng(16_000, 'bits'),

  /** Each frame makes one more pixel white. */
  animation: async (frames: number, width = 120, height = 80) => gifOf(frames, width, height),
});

type Builders = Record<string, (...args: number[]) => Promise<Buffer>>;

function builtOnce<T extends Builders>(builders: T): T {
  const built = new Map<string, Promise<Buffer>>();
  const shared = Object.entries(builders).map(([name, build]) => {
    const once = (...args: number[]): Promise<Buffer> => {
      const key = `${name} ${args.join()}`;
      if (!built.has(key)) built.set(key, build(...args));
      return built.get(key)!;
    };
    return [name, once];
  });
  return Object.fromEntries(shared) as T;
}

/** A square. sharp would need seconds for one of many millions of pixels. */
function blackPng(side: number, pixels: 'bits' | 'colours'): Buffer {
  const [depth, colourType, bits] = pixels === 'bits' ? [1, 0, 1] : [8, 2, 24];
  const header = Buffer.from([...bytes(side), ...bytes(side), depth, colourType, 0, 0, 0]);
  const rows = Buffer.alloc(side * (1 + Math.ceil((side * bits) / 8)));
  const chunk = (type: string, data: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), data]);
    return Buffer.concat([Buffer.from(bytes(data.length)), content, Buffer.from(bytes(crc32(content)))]);
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.of()),
  ]);
}

/** Of 32 bits, the highest first. */
const bytes = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

/** A black picture in which each frame is a single white pixel, at the next place of the first line. */
function gifOf(frames: number, width: number, height: number): Buffer {
  const word = (value: number) => [value & 0xff, value >> 8];
  const palette = [0, 0, 0, 255, 255, 255];
  const forEver = [0x21, 0xff, 11, ...Buffer.from('NETSCAPE2.0'), 3, 1, 0, 0, 0];
  const frame = (index: number) => [
    ...[0x21, 0xf9, 4, 4, ...word(7), 0, 0],
    ...[0x2c, ...word(index % width), ...word(0), ...word(1), ...word(1), 0],
    // The codes of one white pixel, compressed.
    ...[2, 2, 0x4c, 0x01, 0],
  ];
  const parts = [Buffer.from('GIF89a'), [...word(width), ...word(height), 0x80, 0, 0], palette, forEver];
  for (let index = 0; index < frames; index++) parts.push(frame(index));
  return Buffer.concat([...parts, [0x3b]].map((part) => Buffer.from(part)));
}

export type Part = [name: string, content: Buffer | string, fileName?: string];

export function formOf(...parts: Part[]): FormData {
  const form = new FormData();
  for (const [name, content, fileName] of parts) {
    if (typeof content === 'string') form.append(name, content);
    else form.append(name, new Blob([new Uint8Array(content)]), fileName ?? 'picture');
  }
  return form;
}

export function dataUrl(type: string, content: Buffer): string {
  return `data:${type};base64,${content.toString('base64')}`;
}

/** `PUT /v1/users/me/avatar` with these parts. */
export async function putAvatar(api: Api, token: string, ...parts: Part[]): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}` };
  const path = '/v1/users/me/avatar';
  const answer = await fetch(api.url + path, { method: 'PUT', headers, body: formOf(...parts) });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

/** The person with a profile picture. */
export async function withPicture<P extends Pick<Person, 'token'>>(
  api: Api,
  person: P,
): Promise<P & { imageId: string }> {
  const { body } = await putAvatar(api, person.token, ['image', await pictures.gif()]);
  return { ...person, imageId: body.avatarUrl.split('/').at(-2) };
}

/** A form with a picture as it goes over the wire. */
export async function wireForm(): Promise<{ body: Buffer; contentType: string }> {
  const form = new Response(formOf(['image', await pictures.gif()]));
  return { body: Buffer.from(await form.arrayBuffer()), contentType: form.headers.get('content-type') ?? '' };
}

/** A picture as the service serves it. */
export async function getPicture(api: Api, path: string, token: string, headers: Record<string, string> = {}) {
  const answer = await fetch(api.url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Every file below the folder of pictures, whatever it is called. */
export function filesOf({ settings }: TestStore): string[] {
  const root = settings.MEDIA_DIR ?? '';
  if (!statSync(root, { throwIfNoEntry: false })) return [];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
}
