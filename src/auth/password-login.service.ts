import { Injectable } from '@nestjs/common';
import { AccountStore, InvalidCredentialsError, parseIdentifier, type Account } from '../accounts/index.js';
import { Config } from '../config/index.js';
import { deviceKeyHash, type ClientContext } from '../devices/index.js';
import type { LoginProof } from '../sessions/index.js';
import { PasswordHasher } from './password-hasher.js';
import { accountSubject, addressSubject, deviceSubject, Throttle, type Subject } from './throttle.service.js';

/** A person whose password or code was right a moment ago; the login's commit looks whether it still is. */
export interface VerifiedPerson {
  readonly userId: string;
  readonly proof: LoginProof;
}

@Injectable()
export class PasswordLogin {
  constructor(
    private readonly accounts: AccountStore,
    private readonly hasher: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly config: Config,
  ) {}

  /**
   * Throws `InvalidCredentialsError`, the same and after the same time for an unknown or locked user as for a wrong
   * password, `TooManyAttemptsError` and `HashingBusyError`.
   */
  async verify(identifier: string, password: string, client: ClientContext): Promise<VerifiedPerson> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const account = await this.accounts.findByIdentifier(kind, value);
    const name = account?.id ?? `${kind}:${value.toLowerCase()}`;
    const subjects = subjectsOf(account, name, client);
    return this.throttle.inTurn(name, async () => {
      await this.throttle.assertFree(subjects);
      const matches = await this.hasher.verify(account?.passwordHash ?? null, password);
      if (!account || !matches || account.lockedAt || account.deletedAt) {
        await this.throttle.fail(subjects);
        throw new InvalidCredentialsError();
      }
      // Others may have used up the address's window while this one was being hashed: a burst must not tell which guess was right.
      await this.throttle.assertFree(subjects.slice(1));
      await this.throttle.clear(subjects[0]);
      return { userId: account.id, proof: { kind: 'password', credentialVersion: account.credentialVersion } };
    });
  }
}

/** The account's own counter first, then the address's. A proven device has one of its own in place of both. */
export function subjectsOf(account: Account | null, name: string, client: ClientContext): [Subject, ...Subject[]] {
  const keyHash = account && deviceKeyHash(account.id, client.proof);
  const proven = keyHash && account.devices.find((device) => device.keyHash === keyHash);
  if (proven) return [deviceSubject(proven.id)];
  return [accountSubject(name), addressSubject(client.ip, 'login')];
}
