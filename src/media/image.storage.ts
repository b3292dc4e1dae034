import type { ImageSize } from './image.js';

/** Where the files of pictures are. Every failure to reach it is an `ImageStorageUnavailableError`. */
export abstract class ImageStorage {
  /** Keeps one size of a picture, whole or not at all, and durably when it returns. One that is there is replaced. */
  abstract put(imageId: string, size: ImageSize, bytes: Buffer): Promise<void>;

  /** Null where it is not kept. */
  abstract get(imageId: string, size: ImageSize): Promise<Buffer | null>;

  /** Removes every size, and whatever a `put` left that never ended. Where there is nothing, nothing changes. */
  abstract remove(imageId: string): Promise<void>;
}
