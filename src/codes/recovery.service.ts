import { Injectable } from '@nestjs/common';
import { Accounts, AccountStore, InvalidCredentialsError } from '../accounts/index.js';
import { AccountPasswords, CodeLogin } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { deviceKeyHashes, type ClientContext } from '../devices/index.js';
import { decideRecovery } from './recovery.decider.js';

@Injectable()
export class AccountRecovery {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly logins: CodeLogin,
    private readonly passwords: AccountPasswords,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidCredentialsError`, alike for an unknown user, `TooManyAttemptsError`, and `InvalidFieldError` for a password that may not be chosen. */
  async recover(identifier: string, digits: string, newPassword: string, client: ClientContext): Promise<void> {
    const { userId, proof } = await this.logins.verify(identifier, digits, 'recover', client);
    const passwordHash = await this.passwords.hashNew(await this.store.find(userId), newPassword);
    const keyHashes = deviceKeyHashes(userId, client.proof);
    const recovery = { now: this.clock.now(), codeId: proof.codeId, passwordHash, keyHashes };
    const recovered = await this.accounts.changeIfThere(userId, (account) => decideRecovery(account, recovery));
    if (!recovered) throw new InvalidCredentialsError();
  }
}
