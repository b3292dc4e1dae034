import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore, type Actor } from '../accounts/index.js';
import { AccountPasswords } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { deviceKeyHashes, type ClientContext } from '../devices/index.js';
import { assertUsable, decideLinkRecovery, decideRecoveryLink } from './recovery-link.decider.js';
import { InvalidRecoveryLinkError } from './recovery-link.errors.js';
import { issueRecoveryToken, parseRecoveryToken } from './recovery-link.js';

/** What an administrator hands to a person who has lost every device and every channel. */
export interface RecoveryLink {
  readonly token: string;
  /** The page that asks for the new password. Null where nobody knows the address of this service. The token stands behind `#`. */
  readonly url: string | null;
  readonly expiresAt: Date;
}

/** The way back when nothing is left: a link that the help desk makes for somebody whom it has recognised. */
@Injectable()
export class RecoveryLinks {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly passwords: AccountPasswords,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Throws `UserNotFoundError` and `UserLockedError`. */
  async create(userId: string, actor: Actor): Promise<RecoveryLink> {
    const { token, hash } = issueRecoveryToken(userId);
    const request = { now: this.clock.now(), actor, hash };
    const { expiresAt } = await this.accounts.change(userId, (account) => decideRecoveryLink(account, request));
    const { pagesUrl } = this.config;
    return { token, url: pagesUrl && `${pagesUrl}/recover#${token}`, expiresAt };
  }

  /** Works once. Throws `InvalidRecoveryLinkError`, and `InvalidFieldError` for a password that may not be chosen. */
  async recover(token: string, newPassword: string, client: ClientContext): Promise<void> {
    const parsed = parseRecoveryToken(token);
    const account = parsed && (await this.store.find(parsed.userId));
    if (!parsed || !account || account.deletedAt) throw new InvalidRecoveryLinkError();
    const { userId, hash } = parsed;
    // Before anything is hashed: a wrong link costs nothing.
    assertUsable(account, hash, this.clock.now());
    const passwordHash = await this.passwords.hashNew(account, newPassword);
    const recovery = { now: this.clock.now(), hash, passwordHash, keyHashes: deviceKeyHashes(userId, client.proof) };
    const recovered = await this.accounts.changeIfThere(userId, (current) => decideLinkRecovery(current, recovery));
    if (!recovered) throw new InvalidRecoveryLinkError();
  }
}
