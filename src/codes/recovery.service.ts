import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Accounts, AccountStore, InvalidCredentialsError } from '../accounts/index.js';
import { AccountPasswords, CodeLogin, type GivenCode } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { presentDevice, type ClientContext } from '../devices/index.js';
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
  async recover(identifier: string, given: GivenCode, newPassword: string, client: ClientContext): Promise<void> {
    const { userId, proof } = await this.logins.verify(identifier, given, 'recover', client);
    const passwordHash = await this.passwords.hashNew(await this.store.find(userId), newPassword);
    const { shown: device } = presentDevice(userId, uuidv7(), client);
    const recovery = { now: this.clock.now(), codeId: proof.codeId, passwordHash, device, ip: client.ip };
    const recovered = await this.accounts.changeIfThere(userId, (account) => decideRecovery(account, recovery));
    if (!recovered) throw new InvalidCredentialsError();
  }
}
