import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { KeyedQueue } from '../common/index.js';
import {
  ImagesBusyError,
  ImageTooBigError,
  ImageTooLargeError,
  InvalidImageError,
  UnsupportedImageError,
} from './image.errors.js';
import { ImageRoom } from './image-room.js';
import { isSupportedImage } from './image-format.js';
import type { ImageFile } from './image.js';

/** Bytes. */
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024;
/** Of all frames together. */
const MAX_PIXELS = 50_000_000;
const MAX_FRAMES = 200;
/** Pixels of a message's picture, along its longer side. */
const FULL = 2048;
const PREVIEW = 320;

/** Of the largest, written so that all of it must be decoded at once, each takes about 150 MB. */
const AT_A_TIME = 2;
/** Of what waits or is at work: one of a person is at work at a time, so that another's need not wait for both. */
const CONVERTING = {
  memory: 10 * MAX_IMAGE_BYTES,
  perPerson: { pictures: 2, memory: 2 * MAX_IMAGE_BYTES },
};
const MAX_WAITING = 64;
/** Seconds that one step may take. */
const TIMEOUT = 10;

sharp.cache(false);
sharp.concurrency(1);
// A second wall behind `isSupportedImage`: no other decoder can be reached, SVG's least of all.
sharp.block({ operation: ['VipsForeignLoad'] });
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`);
sharp.unblock({ operation: DECODERS });

/**
 * Decodes pictures and writes them anew as WebP: without metadata, turned as they were meant, in the sizes that are kept.
 * Throws `ImageTooBigError`, `UnsupportedImageError`, `ImageTooLargeError`, `InvalidImageError`, and `ImagesBusyError` when too
 * many wait, or the person has two already.
 */
@Injectable()
export class ImageConverter {
  private readonly limit = pLimit(AT_A_TIME);
  private readonly turns = new KeyedQueue();
  private readonly room = new ImageRoom(CONVERTING);

  /** Squares of 256 and 64 px; of an animation the first frame. */
  toAvatar(personId: string, bytes: Buffer): Promise<ImageFile[]> {
    return this.convert(personId, bytes, async () => {
      const large = await square(decode(bytes), 256);
      const small = await square(decode(large), 64);
      return [
        { size: '256', bytes: large },
        { size: '64', bytes: small },
      ];
    });
  }

  /** At most 2,048 px along its longer side, and a still preview of 320 px. An animation stays one. */
  toMessageImage(personId: string, bytes: Buffer): Promise<ImageFile[]> {
    return this.convert(personId, bytes, async (frames) => {
      const source = frames > 1 ? decode(bytes, { animated: true }) : decode(bytes).autoOrient();
      const full = await written(within(source, FULL));
      const preview = await written(within(decode(full), PREVIEW));
      return [
        { size: 'full', bytes: full },
        { size: 'preview', bytes: preview },
      ];
    });
  }

  private async convert(
    personId: string,
    bytes: Buffer,
    work: (frames: number) => Promise<ImageFile[]>,
  ): Promise<ImageFile[]> {
    if (bytes.length > MAX_IMAGE_BYTES) throw new ImageTooBigError();
    if (!isSupportedImage(bytes)) throw new UnsupportedImageError();
    if (this.limit.pendingCount >= MAX_WAITING) throw new ImagesBusyError();
    const leave = this.room.take(personId, bytes.length);
    try {
      return await this.turns.run(personId, () => this.limit(async () => work(await countFrames(bytes))));
    } finally {
      leave();
    }
  }
}

/** Reads the header alone. Throws `ImageTooLargeError` for what shall not be decoded. */
async function countFrames(bytes: Buffer): Promise<number> {
  const { width, height, pages = 1 } = await decodable(sharp(bytes, { limitInputPixels: false }).metadata());
  if (pages > MAX_FRAMES || width * height * pages > MAX_PIXELS) throw new ImageTooLargeError();
  return pages;
}

/** Takes no file that is cut off or damaged. */
function decode(bytes: Buffer, options: SharpOptions = {}): Sharp {
  return sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS, ...options });
}

function square(image: Sharp, side: number): Promise<Buffer> {
  return written(image.autoOrient().resize(side, side, { fit: 'cover' }));
}

function within(image: Sharp, side: number): Sharp {
  return image.resize(side, side, { fit: 'inside', withoutEnlargement: true });
}

/** What sharp is not told to keep of the metadata, it leaves out; colours become sRGB. */
function written(image: Sharp): Promise<Buffer> {
  return decodable(image.webp({ quality: 82, effort: 2 }).timeout({ seconds: TIMEOUT }).toBuffer());
}

async function decodable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw /^timeout/.test((error as Error).message) ? new ImagesBusyError() : new InvalidImageError(error);
  }
}
