import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ImageStorageUnavailableError } from '../image.errors.js';
import { ImageStorage } from '../image.storage.js';
import type { ImageSize } from '../image.js';

/** A folder for each picture, so that all of it goes at once. They are spread over 256 others. */
export class DiskImageStorage extends ImageStorage {
  constructor(private readonly root: string) {
    super();
  }

  put(imageId: string, size: ImageSize, bytes: Buffer): Promise<void> {
    return reachable(async () => {
      const folder = this.folderOf(imageId);
      const temporary = join(folder, `${size}.${randomUUID()}.tmp`);
      await mkdir(folder, { recursive: true });
      try {
        await writeFile(temporary, bytes, { flag: 'wx', flush: true });
        await rename(temporary, join(folder, `${size}.webp`));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      for (const parent of [folder, dirname(folder), this.root]) await flushFolder(parent);
    });
  }

  get(imageId: string, size: ImageSize): Promise<Buffer | null> {
    return reachable(async () => {
      try {
        return await readFile(join(this.folderOf(imageId), `${size}.webp`));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    });
  }

  remove(imageId: string): Promise<void> {
    // A size that is being written into it comes between: once more, then.
    return reachable(() => rm(this.folderOf(imageId), { recursive: true, force: true, maxRetries: 5 }));
  }

  /** The last digits of a UUIDv7 are random, the first ones are not. */
  private folderOf(imageId: string): string {
    return join(this.root, imageId.slice(-2), imageId);
  }
}

/** Makes the names in it durable, which flushing the files does not. */
async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folder, and needs none of this.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ImageStorageUnavailableError(error);
  }
}
