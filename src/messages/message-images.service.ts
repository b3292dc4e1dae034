import { Injectable, Logger } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { Images, ImageUses } from '../media/index.js';
import { SessionValidator } from '../sessions/index.js';
import type { Draft } from './message.js';
import { MessageStore, type Stored } from './message.store.js';

/** The pictures of messages: there before their message, and gone where it never came to be. */
@Injectable()
export class MessageImages {
  private readonly logger = new Logger(MessageImages.name);

  constructor(
    private readonly images: Images,
    private readonly validator: SessionValidator,
    store: MessageStore,
    uses: ImageUses,
  ) {
    // A message may be stored though its sender never heard so: then its picture stays.
    uses.register(async ({ id, messageId }) => messageId !== null && (await store.find(messageId))?.imageId === id);
  }

  /**
   * Its id. For the two people of the message alone. Until a picture has come and is written anew a while passes: throws as
   * `SessionValidator.getLive` does where the sender's session has ended meanwhile.
   */
  async prepare(messageId: string, { id: sessionId, userId }: Session, to: string, image: Buffer): Promise<string> {
    const { imageId } = await this.images.prepareMessageImage(userId, image, messageId, [userId, to]);
    try {
      await this.validator.getLive({ userId, sessionId });
      return imageId;
    } catch (error) {
      await this.images.discard(imageId);
      throw error;
    }
  }

  /** The draft's picture stays with its message, and goes where the message had been stored before. What fails is left to the sweeper. */
  async settle({ imageId }: Draft, { message }: Stored): Promise<void> {
    if (imageId === null) return;
    try {
      await (message.imageId === imageId ? this.images.confirm(imageId) : this.images.discard(imageId));
    } catch (error) {
      this.logger.warn({ err: error, imageId }, 'picture not settled; the sweeper will');
    }
  }

  async discard(imageId: string): Promise<void> {
    await this.images.discard(imageId);
  }
}
