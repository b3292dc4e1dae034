import { Injectable } from '@nestjs/common';
import { Accounts, isEnded, timeoutOf, type EndedSession, type Profile, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideEnd, decideTimeouts, type EndRequest } from './session-end.decider.js';
import { decideRenewal } from './session-renewal.decider.js';
import { InvalidTokenError, SessionEndedError, SessionNotFoundError } from './session.errors.js';
import { SessionStore, type SessionQuery } from './session.store.js';
import { issueToken } from './session.token.js';

type Ending = Pick<EndRequest, 'reason' | 'actorSessionId'>;

@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionStore,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Commits timeouts that have struck, so that none of them is listed as live. Reads one more than `limit`. */
  async list(userId: string, query: SessionQuery): Promise<(Session | EndedSession)[]> {
    const now = this.clock.now();
    const oneMore = { ...query, limit: query.limit + 1 };
    const found = await this.sessions.list(userId, oneMore);
    if (!found.some((session) => !isEnded(session) && timeoutOf(session, now))) return found;
    await this.accounts.change(userId, (account) => decideTimeouts(account, now));
    return this.sessions.list(userId, oneMore);
  }

  /**
   * Ends one session of the user; returns false where it had ended already.
   * Throws `SessionNotFoundError` where the user never had it.
   */
  async end(userId: string, sessionId: string, ending: Ending): Promise<boolean> {
    const ended = await this.endWhere(userId, ending, (session) => session.id === sessionId);
    if (ended.length > 0) return true;
    if (!(await this.sessions.find(userId, sessionId))) throw new SessionNotFoundError();
    return false;
  }

  /** Whose session it is, live or ended. Throws `SessionNotFoundError`. */
  async getUserId(sessionId: string): Promise<string> {
    const userId = await this.sessions.findUserId(sessionId);
    if (!userId) throw new SessionNotFoundError();
    return userId;
  }

  /** Ends one session, whosever it is. Throws `SessionNotFoundError`. */
  async endById(sessionId: string, ending: Ending): Promise<void> {
    await this.end(await this.getUserId(sessionId), sessionId, ending);
  }

  async logOut({ userId, id }: Session): Promise<void> {
    await this.end(userId, id, { reason: 'logged_out', actorSessionId: id });
  }

  /** Ends one session as a person may: their own, or as an administrator anybody's. Throws `SessionNotFoundError`. */
  async endAs({ user, session }: { user: Profile; session: Session }, sessionId: string): Promise<void> {
    try {
      await this.end(user.id, sessionId, { reason: 'revoked', actorSessionId: session.id });
    } catch (error) {
      if (!(error instanceof SessionNotFoundError) || user.role !== 'admin') throw error;
      await this.endById(sessionId, { reason: 'revoked_by_admin', actorSessionId: null });
    }
  }

  /** Ends all sessions of the user, but the asking one where it is to be kept; returns how many. */
  async endOwn({ userId, id: actorSessionId }: Session, keepOwn: boolean): Promise<number> {
    const which = ({ id }: Session) => !keepOwn || id !== actorSessionId;
    return (await this.endWhere(userId, { reason: 'revoked', actorSessionId }, which)).length;
  }

  /** Ends all sessions of the user; returns how many. */
  async endAll(userId: string, ending: Ending): Promise<number> {
    const ended = await this.endWhere(userId, ending, () => true);
    return ended.length;
  }

  /** Restarts the idle time, written before it returns. With `rotate` the old token is void at once. */
  async refresh(session: Session, rotate: boolean): Promise<{ session: Session; token: string | null }> {
    const issued = rotate ? issueToken(session.userId, session.id) : null;
    const renewal = { now: this.clock.now(), sessionId: session.id, tokenHash: issued?.hash ?? null };
    const renewed = await this.accounts.change(session.userId, (account) => decideRenewal(account, renewal));
    if (!renewed.session) return this.refuseEnded(session);
    return { session: renewed.session, token: issued?.token ?? null };
  }

  private endWhere(userId: string, ending: Ending, which: EndRequest['which']): Promise<readonly EndedSession[]> {
    const request = { ...ending, which, now: this.clock.now() };
    return this.accounts.change(userId, (account) => decideEnd(account, request));
  }

  private async refuseEnded({ userId, id }: Session): Promise<never> {
    const found = await this.sessions.find(userId, id);
    throw found && isEnded(found.session) ? new SessionEndedError(found.session) : new InvalidTokenError();
  }
}
