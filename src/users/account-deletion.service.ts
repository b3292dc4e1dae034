import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { Reauthentication, type GivenProof } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { decideDeletion } from './deletion.decider.js';

@Injectable()
export class AccountDeletion {
  constructor(
    private readonly own: OwnAccount,
    private readonly reauthentication: Reauthentication,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends every session and empties the account in one commit. What else is kept of the person is erased by whoever hears
   * `user.deleted`. Throws `WrongPasswordError`, `InvalidCodeError`, `FreshProofRequiredError` and
   * `AdminRoleHeldError`.
   */
  async delete(session: Session, given: GivenProof): Promise<void> {
    await this.own.within(session, async () => {
      const proof = await this.reauthentication.prove(session, given);
      const deletion = { now: this.clock.now(), sessionId: session.id, proof };
      await this.own.change(session, (account) => decideDeletion(account, deletion));
    });
  }
}
