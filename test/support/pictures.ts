import { readdirSync, statSync } from 'node:fs';
import sharp from 'sharp';
import type { Answer, Api } from './api.js';
import type { Person } from './people.js';
import type { TestStore } from './stores.js';

/** Where the example photo says that it was taken, and with what. */
export const GPS = {
  GPSLatitude: '28/1 36/1 50/1',
  GPSLatitudeRef: 'N',
  GPSLongitude: '77/1 12/1 32/1',
  GPSLongitudeRef: 'E',
};
export const CAMERA = 'Secret Camera 3000';

/** A photo of noise: compresses badly, as photos do. */
const photo = (width = 640, height = 480) =>
  sharp({
    create: { width, height, channels: 3, background: '#48a', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#48a' }, limitInputPixels: false });

/** Made anew in each test; nothing binary is checked in. */
export const pictures = {
  jpeg: (width?: number, height?: number) => photo(width, height).jpeg().toBuffer(),
  png: (width?: number, height?: number) => photo(width, height).png().toBuffer(),
  webp: () => photo().webp().toBuffer(),
  gif: () => photo(120, 80).gif().toBuffer(),

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

  /** 49 million pixels that are quickly sent and slowly read. */
  slow: () => flat(7000, 7000).png({ compressionLevel: 9 }).toBuffer(),

  /** 256 million pixels in less than 1 MB. */
  bomb: () => flat(16_000, 16_000).png({ compressionLevel: 9 }).toBuffer(),

  async animation(frames: number, width = 120, height = 80): Promise<Buffer> {
    const each = Array.from({ length: frames }, (_, i) => {
      const background = { r: i % 256, g: (i * 40) % 256, b: 90 };
      return sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer();
    });
    return sharp(await Promise.all(each), { join: { animated: true } })
      .gif({ delay: 70 })
      .toBuffer();
  },
};

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
