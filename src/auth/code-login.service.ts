import { Injectable } from '@nestjs/common';
import { AccountStore, InvalidCredentialsError, parseIdentifier, type CodePurpose } from '../accounts/index.js';
import { Config } from '../config/index.js';
import type { ClientContext } from '../devices/index.js';
import { OneTimeCodes } from './one-time-codes.service.js';
import { subjectsOf, type VerifiedPerson } from './password-login.service.js';
import { Throttle } from './throttle.service.js';

/** Proving who you are by a code. Wrong ones count as wrong passwords do. */
@Injectable()
export class CodeLogin {
  constructor(
    private readonly store: AccountStore,
    private readonly codes: OneTimeCodes,
    private readonly throttle: Throttle,
    private readonly config: Config,
  ) {}

  /** Throws `InvalidCredentialsError`, alike for an unknown user and a wrong, used or expired code, and `TooManyAttemptsError`. */
  async verify(
    identifier: string,
    digits: string,
    purpose: CodePurpose,
    client: ClientContext,
  ): Promise<VerifiedPerson & { proof: { kind: 'code' } }> {
    const { kind, value } = parseIdentifier(identifier, this.config.phoneRegion);
    const account = await this.store.findByIdentifier(kind, value);
    const name = account?.id ?? `${kind}:${value.toLowerCase()}`;
    const subjects = subjectsOf(account, name, client);
    return this.throttle.inTurn(name, async () => {
      await this.throttle.assertFree(subjects);
      const codeId = await this.codes.tryOut(account?.id ?? null, purpose, digits);
      if (!account || codeId === null) {
        await this.throttle.fail(subjects);
        throw new InvalidCredentialsError();
      }
      await this.throttle.clear(subjects[0]);
      return { userId: account.id, proof: { kind: 'code', codeId } };
    });
  }
}
