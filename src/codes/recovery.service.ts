import { Injectable } from '@nestjs/common';
import { Accounts, InvalidCredentialsError } from '../accounts/index.js';
import { CodeLogin, PasswordHasher } from '../auth/index.js';
import { Clock } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { decideRecovery } from './recovery.decider.js';

@Injectable()
export class AccountRecovery {
  constructor(
    private readonly accounts: Accounts,
    private readonly logins: CodeLogin,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidCredentialsError`, alike for an unknown user, and `TooManyAttemptsError`. */
  async recover(identifier: string, digits: string, newPassword: string, client: ClientContext): Promise<void> {
    const { userId, proof } = await this.logins.verify(identifier, digits, 'recover', client);
    const passwordHash = await this.hasher.hash(newPassword);
    const recovery = { now: this.clock.now(), codeId: proof.codeId, passwordHash };
    const recovered = await this.accounts.changeIfThere(userId, (account) => decideRecovery(account, recovery));
    if (!recovered) throw new InvalidCredentialsError();
  }
}
