import { Injectable } from '@nestjs/common';
import type { Profile, Session } from '../accounts/index.js';
import { Reauthentication, type GivenCode } from '../auth/index.js';
import type { ClientContext } from '../devices/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideVerification } from './verification.decider.js';

@Injectable()
export class ContactVerification {
  constructor(
    private readonly own: OwnAccount,
    private readonly reauthentication: Reauthentication,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidCodeError` and `TooManyAttemptsError`. */
  async verify(session: Session, given: GivenCode, client: ClientContext): Promise<Profile> {
    const codeId = await this.reauthentication.byCode(session, 'verify', given, client);
    const verification = { now: this.clock.now(), sessionId: session.id, codeId };
    return this.own.change(session, (account) => decideVerification(account, verification));
  }
}
