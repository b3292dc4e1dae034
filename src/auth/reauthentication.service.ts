import { Injectable } from '@nestjs/common';
import { InvalidCodeError, UserNotFoundError, WrongPasswordError, deviceOf, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { assertFreshlyProved, decideProof, OwnAccount, type Reproof } from '../sessions/index.js';
import type { ClientContext } from '../devices/index.js';
import { AccountPasswords, type VerifiedPassword } from './account-passwords.service.js';
import { Identification } from './identification.service.js';
import { OneTimeCodes, type GivenCode } from './one-time-codes.service.js';
import { deviceSubject, Throttle, tokenSubject } from './throttle.service.js';

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
    private readonly identification: Identification,
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
  async keep(session: Session, given: GivenProof, client: ClientContext): Promise<Session> {
    const proof = await this.prove(session, given, client);
    const request = { now: this.clock.now(), sessionId: session.id, proof };
    return this.own.change(session, (account) => decideProof(account, request));
  }

  /** Throws `FreshProofRequiredError` where the session keeps no proof younger than five minutes. */
  assertKept(session: Session): void {
    assertFreshlyProved(session, this.clock.now());
  }

  /**
   * Null where neither is given. What is wrong counts where it comes from, which need not be where the session was opened: its token may be
   * stolen. Throws what the two below throw.
   */
  async prove(
    session: Session,
    { currentPassword, code, request }: GivenProof,
    client: ClientContext,
  ): Promise<Reproof | null> {
    if (currentPassword !== undefined) return this.byPassword(session, currentPassword, client);
    if (code === undefined) return null;
    return { kind: 'code', id: await this.byCode(session, 'login', { code, request }, client) };
  }

  /**
   * Throws `WrongPasswordError`, `TooManyAttemptsError`, `HashingBusyError`, and `UserNotFoundError` for an account that has been deleted
   * meanwhile. Failures count against the device whose secret is shown, else against whoever has tokens of the session's device,
   * so that a thief locks the person out nowhere.
   */
  private async byPassword(session: Session, password: string, client: ClientContext): Promise<VerifiedPassword> {
    const { account, device: shown } = await this.identification.findById(session.userId, client);
    const subject = shown ? deviceSubject(shown.id) : tokenSubject(session.device.id);
    const proof = await this.throttle.attempt(session.userId, [subject], async () => {
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
  async byCode(
    session: Session,
    purpose: 'login' | 'verify',
    given: GivenCode,
    client: ClientContext,
  ): Promise<string> {
    const named = await this.identification.findById(session.userId, client);
    const codeId = await this.codes.tryOut(named, purpose, given);
    if (codeId === null) throw new InvalidCodeError();
    return codeId;
  }
}
