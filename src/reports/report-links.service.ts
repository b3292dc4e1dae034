import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { KeyStore, newSecret } from '../common/index.js';
import { Config } from '../config/index.js';
import type { Notification } from '../notifications/index.js';

import { isReportable } from './reported-notices.service.js';
import { readLink, signLink, type LinkedNotice } from './report-link.js';

/** Links by which a mail or a text lets its reader say "this wasn't me" without logging in. */
@Injectable()
export class ReportLinks implements OnApplicationBootstrap {
  private readonly logger = new Logger(ReportLinks.name);
  private key: Promise<string> | undefined;

  private readonly base: string | null;

  constructor(
    private readonly keys: KeyStore,
    config: Config,
  ) {
    const { publicUrl, production, host, port } = config;
    // In development people sit at the machine itself.
    this.base = publicUrl ?? (production ? null : `http://${host}:${port}`);
  }

  onApplicationBootstrap(): void {
    if (this.base === null)
      this.logger.warn('PUBLIC_URL is not set: mails and texts have no link to say "this was not me"');
  }

  /**
   * The page that asks before it reports; null where there is nothing to report, or nobody knows where people reach this service.
   * The token stands behind `#`, so that no server and no log sees it on the way.
   */
  async urlFor(notice: Notification): Promise<string | null> {
    if (this.base === null || !isReportable(notice)) return null;
    return `${this.base}/report#${signLink(await this.getKey(), { userId: notice.userId, notificationId: notice.id })}`;
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
