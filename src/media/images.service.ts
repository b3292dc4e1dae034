import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../common/index.js';
import { ImageConverter } from './image-converter.service.js';
import { ImageNotFoundError } from './image.errors.js';
import { mayBeSeenBy, sizeFor } from './image.rules.js';
import { ImageStorage } from './image.storage.js';
import { ImageStore } from './image.store.js';
import type { Image, ImageFile } from './image.js';

/** A picture that the viewer may see. What is behind a tag never changes. */
export interface ReadableImage {
  readonly tag: string;
  /** Throws `ImageNotFoundError` where the file is gone. */
  bytes(): Promise<Buffer>;
}

/**
 * Takes, keeps and shows pictures. A row is there before its files and goes after them, so that no file is ever without one:
 * what a crash leaves behind, the sweeper finds by its row.
 */
@Injectable()
export class Images {
  private readonly logger = new Logger(Images.name);

  constructor(
    private readonly store: ImageStore,
    private readonly storage: ImageStorage,
    private readonly converter: ImageConverter,
    private readonly clock: Clock,
  ) {}

  /** Throws what `ImageConverter` throws. */
  async keepAvatar(ownerId: string, bytes: Buffer): Promise<{ imageId: string }> {
    const files = await this.converter.toAvatar(ownerId, bytes);
    const avatar = { ownerId, use: 'avatar', messageId: null, viewers: [], confirmed: true } as const;
    return { imageId: await this.keep(avatar, files) };
  }

  /**
   * Before its message is stored; `confirm` afterwards, or `discard`. What is neither within the hour goes, unless one of
   * `ImageUses` knows its message. Seen by the owner and `viewers` only. Throws what `ImageConverter` throws.
   */
  async prepareMessageImage(
    ownerId: string,
    bytes: Buffer,
    messageId: string,
    viewers: readonly string[],
  ): Promise<{ imageId: string }> {
    const files = await this.converter.toMessageImage(ownerId, bytes);
    return { imageId: await this.keep({ ownerId, use: 'message', messageId, viewers, confirmed: false }, files) };
  }

  confirm(imageId: string): Promise<void> {
    return this.store.confirm(imageId);
  }

  /** Removes the files, then the row. One that is gone is passed over. */
  async discard(imageId: string): Promise<void> {
    await this.storage.remove(imageId);
    await this.store.remove(imageId);
  }

  /** What cannot be removed now is left to the sweeper. */
  async discardOrLeave(imageId: string): Promise<void> {
    try {
      await this.discard(imageId);
    } catch (error) {
      this.logger.warn({ err: error, imageId }, 'picture not removed; the sweeper will');
    }
  }

  /** `size` as in the URL, null where it names none. Throws `ImageNotFoundError`, also for what the viewer may not see. */
  async read(imageId: string, size: string | null, viewerId: string): Promise<ReadableImage> {
    const image = await this.store.find(imageId);
    const kept = image && mayBeSeenBy(image, viewerId) ? sizeFor(image, size) : null;
    if (!kept) throw new ImageNotFoundError();
    const bytes = async () => {
      const found = await this.storage.get(imageId, kept);
      if (!found) throw new ImageNotFoundError();
      return found;
    };
    return { tag: `"${imageId}-${kept}"`, bytes };
  }

  private async keep(given: Omit<Image, 'id' | 'createdAt'>, files: readonly ImageFile[]): Promise<string> {
    const id = uuidv7();
    await this.store.add({ id, createdAt: this.clock.now(), ...given });
    try {
      for (const { size, bytes } of files) await this.storage.put(id, size, bytes);
    } catch (error) {
      await this.discardOrLeave(id);
      throw error;
    }
    return id;
  }
}
