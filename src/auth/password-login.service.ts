import { Injectable } from '@nestjs/common';
import { isPasswordTrusted } from '../accounts/index.js';
import type { ClientContext } from '../devices/index.js';
import type { LoginProof } from '../sessions/index.js';
import { AccountPasswords } from './account-passwords.service.js';
import { Identification } from './identification.service.js';

/** A person whose password or code was right a moment ago; the login's commit looks whether it still is. */
export interface VerifiedPerson {
  readonly userId: string;
  readonly proof: LoginProof;
}

@Injectable()
export class PasswordLogin {
  constructor(
    private readonly identification: Identification,
    private readonly passwords: AccountPasswords,
  ) {}

  /**
   * Throws `InvalidCredentialsError`, the same and after the same time for an unknown or locked user, and for a password that
   * a stranger knows, as for a wrong one, `TooManyAttemptsError` and `HashingBusyError`.
   */
  verify(identifier: string, password: string, client: ClientContext): Promise<VerifiedPerson> {
    return this.identification.attempt<VerifiedPerson>(identifier, client, async (account, proven) => {
      const proof = await this.passwords.verify(account, proven, password);
      if (!account || !proof || account.lockedAt || account.deletedAt) return null;
      return isPasswordTrusted(account, proven) ? { userId: account.id, proof } : null;
    });
  }
}
