import { Injectable } from '@nestjs/common';
import { AccountStore, WrongPasswordError, type Session } from '../accounts/index.js';
import { PasswordHasher } from './password-hasher.js';
import { deviceSubject, Throttle } from './throttle.service.js';

/** Asks the holder of a session for the password again, before what a stolen session must not do. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly accounts: AccountStore,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Returns the number of the password that was verified. Throws `WrongPasswordError`, `TooManyAttemptsError` and `HashingBusyError`;
   * failures count against the session's device, so that a thief cannot lock the person out elsewhere.
   */
  async verify({ userId, device }: Session, password: string): Promise<number> {
    const subject = deviceSubject(device.id);
    return this.throttle.inTurn(userId, async () => {
      await this.throttle.assertFree([subject]);
      const account = await this.accounts.find(userId);
      if (!account || !(await this.hasher.verify(account.passwordHash, password))) {
        await this.throttle.fail([subject]);
        throw new WrongPasswordError();
      }
      await this.throttle.clear(subject);
      return account.credentialVersion;
    });
  }
}
