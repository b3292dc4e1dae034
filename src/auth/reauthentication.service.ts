import { Injectable } from '@nestjs/common';
import {
  AccountStore,
  InvalidCodeError,
  UserNotFoundError,
  WrongPasswordError,
  type Session,
} from '../accounts/index.js';
import type { Reproof } from '../sessions/index.js';
import { OneTimeCodes } from './one-time-codes.service.js';
import { PasswordHasher } from './password-hasher.js';
import { codeGuessSubject, deviceSubject, Throttle } from './throttle.service.js';

/** What the holder of a session gives once more: the password, or a `login` code in its place. */
export interface GivenProof {
  readonly currentPassword?: string | undefined;
  readonly code?: string | undefined;
}

/** Asks the holder of a session for the password or a code again, before what a stolen session must not do. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly accounts: AccountStore,
    private readonly hasher: PasswordHasher,
    private readonly codes: OneTimeCodes,
    private readonly throttle: Throttle,
  ) {}

  /** Null where neither is given. Throws what the two below throw. */
  async prove(session: Session, { currentPassword, code }: GivenProof): Promise<Reproof | null> {
    if (currentPassword !== undefined)
      return { kind: 'password', credentialVersion: await this.byPassword(session, currentPassword) };
    return code === undefined ? null : { kind: 'code', id: await this.byCode(session, 'login', code) };
  }

  /**
   * Returns the number of the password that was verified. Throws `WrongPasswordError`, `TooManyAttemptsError`, `HashingBusyError`,
   * and `UserNotFoundError` for an account that has been deleted meanwhile; failures count against the session's device, so that a thief cannot lock the person out elsewhere.
   */
  async byPassword({ userId, device }: Session, password: string): Promise<number> {
    const version = await this.throttle.attempt(userId, [deviceSubject(device.id)], async () => {
      const account = await this.accounts.find(userId);
      if (!account || account.deletedAt) throw new UserNotFoundError();
      const matches = await this.hasher.verify(account.passwordHash, password);
      return matches ? account.credentialVersion : null;
    });
    if (version === null) throw new WrongPasswordError();
    return version;
  }

  /**
   * Returns the id of the code, which the commit that follows must find and remove. Throws `InvalidCodeError` and
   * `TooManyAttemptsError`; failures count for the account, for its person can open sessions on ever new devices.
   */
  async byCode({ userId }: Session, purpose: 'login' | 'verify', digits: string): Promise<string> {
    const codeId = await this.throttle.attempt(userId, [codeGuessSubject(userId)], () =>
      this.codes.tryOut(userId, purpose, digits),
    );
    if (codeId === null) throw new InvalidCodeError();
    return codeId;
  }
}
