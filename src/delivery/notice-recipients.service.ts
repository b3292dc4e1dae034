import { Injectable } from '@nestjs/common';
import { AccountStore, verifiedContacts, type Account, type Locale } from '../accounts/index.js';
import { Config } from '../config/index.js';

export interface Recipient {
  readonly account: Account;
  /** Null where there is none that has been verified. */
  readonly email: string | null;
  /** Likewise. */
  readonly mobile: string | null;
  readonly locale: Locale;
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
    const account = await this.accounts.find(userId);
    if (!account || account.deletedAt) return null;
    const locale = account.locale ?? this.config.mailLanguage;
    return { account, ...verifiedContacts(account), locale };
  }
}
