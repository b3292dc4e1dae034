import { Injectable } from '@nestjs/common';
import { isFormerPasswordValid, isOwnIdentifier, type Account, type Device } from '../accounts/index.js';
import { Clock, InvalidFieldError } from '../common/index.js';
import { PasswordHasher } from './password-hasher.js';

/** A password that was right a moment ago. The commit that follows looks whether it still is. */
export interface VerifiedPassword {
  readonly kind: 'password';
  /** Of the password in force. */
  readonly credentialVersion: number;
  /** Not that one was right, but the one before it. */
  readonly former: boolean;
}

/** Compares passwords with what an account knows. */
@Injectable()
export class AccountPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Null for a wrong one, after the same time for an account that there is not. The former password is tried only for a device of
   * the account that may use it, so that a stranger sees no difference in time. Throws `HashingBusyError`.
   */
  async verify(account: Account | null, proven: Device | null, password: string): Promise<VerifiedPassword | null> {
    if (await this.hasher.verify(account && account.passwordHash, password)) return toProof(account!, false);
    if (!account || !isFormerPasswordValid(account, proven, this.clock.now())) return null;
    const matches = await this.hasher.verify(account.formerPassword!.hash, password);
    return matches ? toProof(account, true) : null;
  }

  /**
   * The hash of a new password. Throws `InvalidFieldError` for the person's own mobile, username or e-mail, for the present password,
   * and for one that a stranger is known to have chosen or used.
   */
  async hashNew(account: Account | null, password: string): Promise<string> {
    if (account && isOwnIdentifier(password, account))
      throw new InvalidFieldError('newPassword', 'must not be the mobile, the username or the e-mail');
    for (const hash of account ? [account.passwordHash, ...account.refusedPasswords] : []) {
      if (hash !== null && (await this.hasher.verify(hash, password)))
        throw new InvalidFieldError('newPassword', 'must be another than the present one, and none that was reported');
    }
    return this.hasher.hash(password);
  }
}

function toProof({ credentialVersion }: Account, former: boolean): VerifiedPassword {
  return { kind: 'password', credentialVersion, former };
}
