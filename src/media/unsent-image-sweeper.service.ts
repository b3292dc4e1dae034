import { Injectable } from '@nestjs/common';
import { Clock, Sweeper } from '../common/index.js';
import { GRACE_MS } from './image.rules.js';
import { ImageStore } from './image.store.js';
import { Images } from './images.service.js';
import { ImageUses } from './image-uses.service.js';
import type { Image } from './image.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;

/** Removes the pictures of messages that were never stored. Any number of nodes may sweep. */
@Injectable()
export class UnsentImageSweeper extends Sweeper {
  constructor(
    private readonly store: ImageStore,
    private readonly images: Images,
    private readonly uses: ImageUses,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - GRACE_MS);
    await this.rounds.settleAll(BATCH, {
      list: (limit) => this.store.listUnconfirmed(before, limit),
      keyOf: ({ id }) => id,
      settle: (image) => this.settle(image),
    });
  }

  /** False where nothing came of it. */
  private async settle(image: Image): Promise<boolean> {
    try {
      if (await this.uses.isInUse(image)) await this.images.confirm(image.id);
      else await this.images.discard(image.id);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, imageId: image.id }, 'picture not settled');
      return false;
    }
  }
}
