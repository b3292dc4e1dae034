import { Injectable } from '@nestjs/common';
import type { Profile, Session } from '../accounts/index.js';
import { OneTimeCodes } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { InvalidCodeError } from './code.errors.js';
import { decideVerification } from './verification.decider.js';

@Injectable()
export class ContactVerification {
  constructor(
    private readonly own: OwnAccount,
    private readonly codes: OneTimeCodes,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidCodeError`. */
  async verify(session: Session, digits: string): Promise<Profile> {
    const codeId = await this.codes.tryOut(session.userId, 'verify', digits);
    if (codeId === null) throw new InvalidCodeError();
    const verification = { now: this.clock.now(), sessionId: session.id, codeId };
    return this.own.change(session, (account) => decideVerification(account, verification));
  }
}
