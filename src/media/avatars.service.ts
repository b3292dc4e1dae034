import { Injectable } from '@nestjs/common';
import type { Profile, Session } from '../accounts/index.js';
import { Throttle, type Subject, type WindowRule } from '../auth/index.js';
import { Clock, StoreUnavailableError } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideAvatar } from './avatar.decider.js';
import { avatarUrl, idInAvatarUrl } from './image.rules.js';
import { Images } from './images.service.js';

/** Hardly any other call costs as much. */
const avatarSubject = (userId: string): Subject<WindowRule> => ({
  name: `avatar:${userId}`,
  rule: { kind: 'window', limit: 20, window: 600_000 },
});

/** The profile pictures of people. */
@Injectable()
export class Avatars {
  constructor(
    private readonly images: Images,
    private readonly own: OwnAccount,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** The former picture goes. Throws `TooManyRequestsError`, and what `Images.keepAvatar` throws. */
  async save(session: Session, bytes: Buffer): Promise<Profile> {
    await this.throttle.use(avatarSubject(session.userId));
    const { imageId } = await this.images.keepAvatar(session.userId, bytes);
    try {
      return await this.change(session, avatarUrl(imageId));
    } catch (error) {
      // With the outcome unknown it may be the avatar by now. The sweeper finds out.
      if (!(error instanceof StoreUnavailableError)) await this.images.discardOrLeave(imageId);
      throw error;
    }
  }

  /** Where there is none, nothing changes. */
  remove(session: Session): Promise<Profile> {
    return this.change(session, null);
  }

  private async change(session: Session, url: string | null): Promise<Profile> {
    const change = { now: this.clock.now(), sessionId: session.id, avatarUrl: url };
    const { profile, former } = await this.own.change(session, (account) => decideAvatar(account, change));
    const formerId = former === url ? null : idInAvatarUrl(former ?? '');
    if (formerId) await this.images.discardOrLeave(formerId);
    return profile;
  }
}
