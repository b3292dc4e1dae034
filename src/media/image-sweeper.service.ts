import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AccountStore } from '../accounts/index.js';
import { Clock, Rounds } from '../common/index.js';
import { avatarUrl } from './image.rules.js';
import { ImageStore } from './image.store.js';
import { Images } from './images.service.js';
import { ImageUses } from './image-uses.service.js';
import type { Image } from './image.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;
/** Whatever is younger may still be on its way. */
const GRACE_MS = 3_600_000;
/** A round over all avatars takes as many sweeps as there are hundreds of them five times. */
const AVATARS_A_SWEEP = 500;

/** Removes the pictures of messages that were never stored, and avatars that nobody wears. Any number of nodes may sweep. */
@Injectable()
export class ImageSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ImageSweeper.name);
  private readonly rounds = new Rounds(EVERY_MS, () => this.sweepSafely());
  /** The last avatar that was looked at; null before the first. */
  private walked: string | null = null;

  constructor(
    private readonly store: ImageStore,
    private readonly accounts: AccountStore,
    private readonly images: Images,
    private readonly uses: ImageUses,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - GRACE_MS);
    await this.rounds.settleAll(BATCH, {
      list: (limit) => this.store.listUnconfirmed(before, limit),
      keyOf: ({ id }) => id,
      settle: (image) => this.settle(image),
    });
    await this.walkAvatars(before);
  }

  /** A part of all avatars, from where the last sweep ended. Finds what a crash left, and what belonged to deleted people. */
  private async walkAvatars(before: Date): Promise<void> {
    for (let left = AVATARS_A_SWEEP; left > 0; left -= BATCH) {
      const avatars = await this.store.listAvatars(this.walked, BATCH);
      for (const avatar of avatars) {
        if (this.rounds.isStopping) return;
        if (avatar.createdAt < before && !(await this.isWorn(avatar))) await this.discard(avatar);
        await nextTurn();
      }
      this.walked = avatars.length < BATCH ? null : avatars.at(-1)!.id;
      if (!this.walked) return;
    }
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

  private async isWorn({ id, ownerId }: Image): Promise<boolean> {
    const owner = await this.accounts.find(ownerId);
    return owner?.deletedAt === null && owner.avatarUrl === avatarUrl(id);
  }

  private async discard({ id }: Image): Promise<void> {
    try {
      await this.images.discard(id);
    } catch (error) {
      this.logger.warn({ err: error, imageId: id }, 'avatar not removed; it will be in the next round');
    }
  }

  private async sweepSafely(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'sweep not finished; it goes on at the next');
    }
  }
}
