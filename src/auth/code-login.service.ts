import { Injectable } from '@nestjs/common';
import { InvalidCredentialsError, type CodePurpose } from '../accounts/index.js';
import type { ClientContext } from '../devices/index.js';
import { FailedLogins } from './failed-logins.service.js';
import { Identification } from './identification.service.js';
import { OneTimeCodes, type GivenCode } from './one-time-codes.service.js';
import type { VerifiedPerson } from './password-login.service.js';

type PersonWithCode = VerifiedPerson & { proof: { kind: 'code' } };

/** Proving who you are by a code. */
@Injectable()
export class CodeLogin {
  constructor(
    private readonly identification: Identification,
    private readonly codes: OneTimeCodes,
    private readonly failures: FailedLogins,
  ) {}

  /** Throws `InvalidCredentialsError`, alike for an unknown user and a wrong, used or expired code, and `TooManyAttemptsError`. */
  async verify(
    identifier: string,
    given: GivenCode,
    purpose: CodePurpose,
    client: ClientContext,
  ): Promise<PersonWithCode> {
    const named = await this.identification.find(identifier, client, 'code');
    const codeId = await this.codes.tryOut(named, purpose, given);
    if (!named.account || codeId === null) {
      await this.failures.record(named.account, client.ip);
      throw new InvalidCredentialsError();
    }
    return { userId: named.account.id, proof: { kind: 'code', codeId } };
  }
}
