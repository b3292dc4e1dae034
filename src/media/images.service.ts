import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Profile, Session } from '../accounts/index.js';
import { Clock, StoreUnavailableError } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideAvatar } from './avatar.decider.js';
import { ImageConverter } from './image-converter.service.js';
import { ImageNotFoundError } from './image.errors.js';
import { avatarUrl, idInAvatarUrl, mayBeSeenBy, sizeFor } from './image.rules.js';
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
    private readonly own: OwnAccount,
    private readonly clock: Clock,
  ) {}

  /** Throws what `ImageConverter` throws. The former picture goes. */
  async saveAvatar(session: Session, bytes: Buffer): Promise<Profile> {
    const files = await this.converter.toAvatar(bytes);
    const avatar = { ownerId: session.userId, use: 'avatar', messageId: null, viewers: [], confirmed: true } as const;
    const id = await this.keep(avatar, files);
    try {
      return await this.changeAvatar(session, avatarUrl(id));
    } catch (error) {
      // With the outcome unknown it may be the avatar by now. The sweeper finds out.
      if (!(error instanceof StoreUnavailableError)) await this.discardOrLeave(id);
      throw error;
    }
  }

  /** Where there is none, nothing changes. */
  removeAvatar(session: Session): Promise<Profile> {
    return this.changeAvatar(session, null);
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
    const files = await this.converter.toMessageImage(bytes);
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

  private async changeAvatar(session: Session, url: string | null): Promise<Profile> {
    const change = { now: this.clock.now(), sessionId: session.id, avatarUrl: url };
    const { profile, former } = await this.own.change(session, (account) => decideAvatar(account, change));
    const formerId = former === url ? null : idInAvatarUrl(former ?? '');
    if (formerId) await this.discardOrLeave(formerId);
    return profile;
  }

  /** What cannot be removed now is left to the sweeper. */
  private async discardOrLeave(imageId: string): Promise<void> {
    try {
      await this.discard(imageId);
    } catch (error) {
      this.logger.warn({ err: error, imageId }, 'picture not removed; the sweeper will');
    }
  }
}
