import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import {
  channelOf,
  CONTACT_CHANNELS,
  deviceStandingOf,
  outranks,
  standingOf,
  type Account,
  type ContactChannel,
  type FormerIdentifier,
  type Holder,
  type Standing,
} from '../accounts/index.js';
import { Clock, KeyStore, newSecret } from '../common/index.js';
import { Config } from '../config/index.js';
import type { Notification } from '../notifications/index.js';
import { isReportable } from './reported-notices.service.js';
import { contactKey, readLink, signLink, type LinkedNotice } from './report-link.js';

/** Links by which a mail or a text lets its reader say "this wasn't me" without logging in. */
@Injectable()
export class ReportLinks implements OnApplicationBootstrap {
  private readonly logger = new Logger(ReportLinks.name);
  private key: Promise<string> | undefined;

  private readonly base: string | null;

  constructor(
    private readonly keys: KeyStore,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.base = config.pagesUrl;
  }

  onApplicationBootstrap(): void {
    if (this.base === null)
      this.logger.warn('PUBLIC_URL is not set: mails and texts have no link to say "this was not me"');
  }

  /**
   * The page that asks before it reports, for whoever reads what is sent to that mobile or e-mail. Null where there is nothing to
   * report, where the channel has no higher standing than whoever brought about what the notice tells, or where nobody knows the
   * address of this service. `by` is the standing with which they did it; null where that is not known, or needed none: then that of the
   * device counts, as it is now. The token stands behind `#`, so that no server and no log sees it on the way.
   */
  async urlFor(
    account: Account,
    channel: ContactChannel,
    contact: string,
    notice: Notification,
    by: Standing | null,
  ): Promise<string | null> {
    if (this.base === null || !isReportable(notice)) return null;
    const key = contactKey(channel, contact);
    const now = this.clock.now();
    const [holder, suspect] = [this.holderOf(account, key), notice.device?.id ?? null];
    const standing = holder && standingOf(account, holder, now);
    if (!standing || !outranks(standing, by ?? deviceStandingOf(account, suspect, notice.createdAt, now))) return null;
    const linked = { userId: notice.userId, notificationId: notice.id, contactKey: key };
    return `${this.base}/report#${signLink(await this.getKey(), linked)}`;
  }

  /**
   * Whom a link was sent to, if it still is a channel of the account or was one until lately. A link of version 0.1.0 names nobody: for
   * the two weeks for which it lasts it counts as one to a channel that was there from the beginning.
   */
  holderOf(account: Account, key: string | null): Holder | null {
    const now = this.clock.now();
    if (key === null) return { former: contactFromTheBeginning(account, now) };
    for (const channel of CONTACT_CHANNELS) {
      const formers = account.formerIdentifiers.filter(({ kind }) => kind === channel).map(({ value }) => value);
      const contact = [account[channel], ...formers].find((one) => one !== null && contactKey(channel, one) === key);
      if (contact) return channelOf(account, channel, contact, now);
    }
    return null;
  }

  async read(token: string): Promise<LinkedNotice | null> {
    return readLink(await this.getKey(), token);
  }

  private getKey(): Promise<string> {
    const key = (this.key ??= this.keys.getOrCreate('report-links', newSecret()));
    // A store that was away must not be remembered.
    key.catch(() => (this.key = undefined));
    return key;
  }
}

function contactFromTheBeginning({ createdAt }: Account, now: Date): FormerIdentifier {
  const replaced = { deviceId: '', at: now, confirmedSince: null };
  return { kind: 'email', value: '', addedAt: createdAt, verifiedAt: createdAt, since: createdAt, replaced };
}
