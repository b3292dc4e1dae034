import { Injectable } from '@nestjs/common';
import { Accounts, isEnded, UserNotFoundError, type Decide, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideTimeouts } from './session-end.decider.js';
import { InvalidTokenError, SessionEndedError } from './session.errors.js';
import { SessionStore } from './session.store.js';

/** What a person changes in their own account, from a session that the guard has let in. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** As `Accounts.change`. A session that has ended since the guard looked is told why: throws `SessionEndedError`. */
  change<R extends object>(session: Session, decide: Decide<R>): Promise<R> {
    return this.within(session, () => this.accounts.change(session.userId, decide));
  }

  /** What `work` returns. Throws `SessionEndedError` where it finds that the session has ended, or the account is deleted. */
  async within<R>({ userId, id }: Session, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InvalidTokenError || error instanceof UserNotFoundError)) throw error;
      await this.accounts.changeIfThere(userId, (account) => decideTimeouts(account, this.clock.now()));
      const found = await this.sessions.find(userId, id);
      throw found && isEnded(found.session) ? new SessionEndedError(found.session) : error;
    }
  }
}
