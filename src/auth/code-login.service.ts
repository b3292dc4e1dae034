import { Injectable } from '@nestjs/common';
import type { CodePurpose } from '../accounts/index.js';
import type { ClientContext } from '../devices/index.js';
import { Identification } from './identification.service.js';
import { OneTimeCodes } from './one-time-codes.service.js';
import type { VerifiedPerson } from './password-login.service.js';

type PersonWithCode = VerifiedPerson & { proof: { kind: 'code' } };

/** Proving who you are by a code. Wrong ones count as wrong passwords do. */
@Injectable()
export class CodeLogin {
  constructor(
    private readonly identification: Identification,
    private readonly codes: OneTimeCodes,
  ) {}

  /** Throws `InvalidCredentialsError`, alike for an unknown user and a wrong, used or expired code, and `TooManyAttemptsError`. */
  verify(identifier: string, digits: string, purpose: CodePurpose, client: ClientContext): Promise<PersonWithCode> {
    return this.identification.attempt<PersonWithCode>(identifier, client, 'code', async (account) => {
      const codeId = await this.codes.tryOut(account?.id ?? null, purpose, digits);
      return account && codeId !== null ? { userId: account.id, proof: { kind: 'code', codeId } } : null;
    });
  }
}
