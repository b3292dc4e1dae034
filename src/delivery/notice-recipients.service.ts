import { Injectable } from '@nestjs/common';
import { AccountStore, type Profile } from '../accounts/index.js';
import { Config } from '../config/index.js';
import type { Notification } from '../notifications/index.js';
import { isLanguage, type Language } from './notice.texts.js';

export interface Recipient {
  /** Null where there is none that has been verified. */
  readonly email: string | null;
  readonly language: Language;
}

/** Looks up, at the moment of sending, where a person is reached: no address waits in a delivery. */
@Injectable()
export class NoticeRecipients {
  constructor(
    private readonly accounts: AccountStore,
    private readonly config: Config,
  ) {}

  /** Null for an account that is gone. */
  async find(userId: string): Promise<Recipient | null> {
    const account: (Profile & { readonly deletedAt: Date | null; readonly locale?: string | null }) | null =
      await this.accounts.find(userId);
    if (!account || account.deletedAt) return null;
    const language = isLanguage(account.locale) ? account.locale : this.config.mailLanguage;
    return { email: account.emailVerifiedAt ? account.email : null, language };
  }
}

/** A notice as it was put into a delivery. */
export function reviveNotification(payload: string): Notification {
  const notice = JSON.parse(payload) as Notification & { createdAt: string };
  return { ...notice, createdAt: new Date(notice.createdAt) };
}
