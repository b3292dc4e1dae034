import { Injectable } from '@nestjs/common';
import {
  AccountStore,
  InvalidCodeError,
  isDeviceSettled,
  UserNotFoundError,
  WrongPasswordError,
  deviceOf,
  type Session,
} from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { assertFreshlyProved, decideProof, OwnAccount, type Reproof } from '../sessions/index.js';
import { AccountPasswords, type VerifiedPassword } from './account-passwords.service.js';
import { OneTimeCodes, type GivenCode } from './one-time-codes.service.js';
import { deviceSubject, Throttle } from './throttle.service.js';

/** What the holder of a session gives once more: the password, or a `login` code in its place. */
export interface GivenProof {
  readonly currentPassword?: string | undefined;
  readonly code?: string | undefined;
  /** Which `POST /v1/codes` has answered the code with. */
  readonly request?: string | undefined;
}

/** Asks the holder of a session for the password or a code again, before what a stolen session must not do. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly accounts: AccountStore,
    private readonly passwords: AccountPasswords,
    private readonly codes: OneTimeCodes,
    private readonly throttle: Throttle,
    private readonly own: OwnAccount,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the proof on the session, so that calls of the next five minutes need none of their own; returns the session. Throws what the
   * two below throw, and `FreshProofRequiredError` where nothing is given and nothing kept.
   */
  async keep(session: Session, given: GivenProof): Promise<Session> {
    const proof = await this.prove(session, given);
    const request = { now: this.clock.now(), sessionId: session.id, proof };
    return this.own.change(session, (account) => decideProof(account, request));
  }

  /** Throws `FreshProofRequiredError` where the session keeps no proof younger than five minutes. */
  assertKept(session: Session): void {
    assertFreshlyProved(session, this.clock.now());
  }

  /** Null where neither is given. Throws what the two below throw. */
  async prove(session: Session, { currentPassword, code, request }: GivenProof): Promise<Reproof | null> {
    if (currentPassword !== undefined) return this.byPassword(session, currentPassword);
    return code === undefined ? null : { kind: 'code', id: await this.byCode(session, 'login', { code, request }) };
  }

  /**
   * Throws `WrongPasswordError`, `TooManyAttemptsError`, `HashingBusyError`,
   * and `UserNotFoundError` for an account that has been deleted meanwhile; failures count against the session's device, so that a thief cannot lock the person out elsewhere.
   */
  private async byPassword(session: Session, password: string): Promise<VerifiedPassword> {
    const { userId, device } = session;
    const proof = await this.throttle.attempt(userId, [deviceSubject(device.id)], async () => {
      const account = await this.accounts.find(userId);
      if (!account || account.deletedAt) throw new UserNotFoundError();
      return this.passwords.verify(account, deviceOf(account, session), password);
    });
    if (proof === null) throw new WrongPasswordError();
    return proof;
  }

  /**
   * Returns the id of the code, which the commit that follows must find and remove. Throws `InvalidCodeError` and
   * `TooManyAttemptsError`.
   */
  async byCode(session: Session, purpose: 'login' | 'verify', given: GivenCode): Promise<string> {
    const { userId: name, ip } = session;
    const account = await this.accounts.find(name);
    const device = account && deviceOf(account, session);
    const settled = device !== null && isDeviceSettled(account!, device, this.clock.now());
    const named = { name, account, device, settled, ip };
    const codeId = await this.codes.tryOut(named, purpose, given);
    if (codeId === null) throw new InvalidCodeError();
    return codeId;
  }
}
