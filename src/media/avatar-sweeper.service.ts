import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AccountStore } from '../accounts/index.js';
import { Clock, Sweeper } from '../common/index.js';
import { avatarUrl, GRACE_MS } from './image.rules.js';
import { ImageStore } from './image.store.js';
import { Images } from './images.service.js';
import type { Image } from './image.js';

const EVERY_MS = 60_000;
/** Small, so that no single step holds up requests. */
const BATCH = 100;
/** A round over all avatars takes as many sweeps as there are hundreds of them five times. */
const AVATARS_A_SWEEP = 500;

/** Removes avatars that nobody wears: what a crash left, and what belonged to deleted people. Any number of nodes may sweep. */
@Injectable()
export class AvatarSweeper extends Sweeper {
  /** The last avatar that was looked at; null before the first. */
  private walked: string | null = null;

  constructor(
    private readonly store: ImageStore,
    private readonly accounts: AccountStore,
    private readonly images: Images,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  /** Walks a part of all avatars, from where the last sweep ended. */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - GRACE_MS);
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
}
