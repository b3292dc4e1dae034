import { Injectable } from '@nestjs/common';
import { newSecret } from '../common/index.js';
import { Config } from '../config/index.js';
import { KeyStore } from './key.store.js';
import { readLink, signLink, type LinkedNotice } from './report-link.js';

/** Links by which a mail or a text lets its reader say "this wasn't me" without logging in. */
@Injectable()
export class ReportLinks {
  private key: Promise<string> | undefined;

  constructor(
    private readonly keys: KeyStore,
    private readonly config: Config,
  ) {}

  /** The page that asks before it reports. The token stands behind `#`, so that no server and no log sees it on the way. */
  async urlFor(notice: LinkedNotice): Promise<string> {
    const base = this.config.publicUrl ?? `http://${this.config.host}:${this.config.port}`;
    return `${base}/report#${signLink(await this.getKey(), notice)}`;
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
