import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { Reauthentication, type GivenProof } from '../auth/index.js';
import type { ClientContext } from '../devices/index.js';
import { Clock } from '../common/index.js';
import { decideCancellation, OwnAccount } from '../sessions/index.js';
import { decideDeletion, type DeletionResult } from './deletion.decider.js';
import { DeletionNotFoundError } from './user.errors.js';

@Injectable()
export class AccountDeletion {
  constructor(
    private readonly own: OwnAccount,
    private readonly reauthentication: Reauthentication,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends every session and empties the account in one commit. What else is kept of the person is erased by whoever hears
   * `user.deleted`. In a session that is not settled it waits. Throws `WrongPasswordError`, `InvalidCodeError`,
   * `FreshProofRequiredError` and `AdminRoleHeldError`.
   */
  delete(session: Session, given: GivenProof, client: ClientContext): Promise<DeletionResult> {
    return this.own.within(session, async () => {
      const proof = await this.reauthentication.prove(session, given, client);
      const deletion = { now: this.clock.now(), sessionId: session.id, proof };
      return this.own.change(session, (account) => decideDeletion(account, deletion));
    });
  }

  /** Throws `DeletionNotFoundError` where none waits. */
  async cancel(session: Session): Promise<void> {
    const cancellation = { now: this.clock.now(), sessionId: session.id, kind: 'deletion' } as const;
    const { cancelled } = await this.own.change(session, (account) => decideCancellation(account, cancellation));
    if (!cancelled) throw new DeletionNotFoundError();
  }
}
