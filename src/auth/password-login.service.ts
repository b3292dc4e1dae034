import { Injectable } from '@nestjs/common';
import type { ClientContext } from '../devices/index.js';
import { isPasswordTrusted, type LoginProof } from '../sessions/index.js';
import { Identification } from './identification.service.js';
import { PasswordHasher } from './password-hasher.js';

/** A person whose password or code was right a moment ago; the login's commit looks whether it still is. */
export interface VerifiedPerson {
  readonly userId: string;
  readonly proof: LoginProof;
}

@Injectable()
export class PasswordLogin {
  constructor(
    private readonly identification: Identification,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Throws `InvalidCredentialsError`, the same and after the same time for an unknown or locked user, and for a password that
   * a stranger knows, as for a wrong one, `TooManyAttemptsError` and `HashingBusyError`.
   */
  verify(identifier: string, password: string, client: ClientContext): Promise<VerifiedPerson> {
    return this.identification.attempt<VerifiedPerson>(identifier, client, async (account, proven) => {
      const matches = await this.hasher.verify(account?.passwordHash ?? null, password);
      if (!account || !matches || account.lockedAt || account.deletedAt) return null;
      if (!isPasswordTrusted(account, proven)) return null;
      return { userId: account.id, proof: { kind: 'password', credentialVersion: account.credentialVersion } };
    });
  }
}
