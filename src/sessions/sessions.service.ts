import { Injectable } from '@nestjs/common';
import {
  Accounts,
  holderOf,
  isEnded,
  isVouched,
  timeoutOf,
  type Actor,
  type EndedSession,
  type Profile,
  type Session,
} from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideEnd, decideTimeouts, type EndRequest } from './session-end.decider.js';
import { decideRenewal, type Renewal } from './session-renewal.decider.js';
import { ServiceScopes } from './service-scopes.service.js';
import { OwnAccount } from './own-account.service.js';
import { InvalidTokenError, SessionNotFoundError } from './session.errors.js';
import { SessionStore, type SessionQuery } from './session.store.js';
import { issueToken, parseToken } from './session.token.js';

type Ending = Pick<EndRequest, 'reason' | 'actor'>;

@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionStore,
    private readonly accounts: Accounts,
    private readonly own: OwnAccount,
    private readonly scopes: ServiceScopes,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Commits timeouts that have struck, so that none of them is listed as live. Reads one more than `limit`. */
  async list(userId: string, query: SessionQuery): Promise<(Session | EndedSession)[]> {
    const now = this.clock.now();
    const oneMore = { ...query, limit: query.limit + 1 };
    const found = await this.sessions.list(userId, oneMore);
    if (!found.some((session) => !isEnded(session) && timeoutOf(session, now))) return found;
    await this.accounts.changeIfThere(userId, (account) => decideTimeouts(account, now));
    return this.sessions.list(userId, oneMore);
  }

  /**
   * Ends one session of the user; returns false where it had ended already.
   * Throws `SessionNotFoundError` where the user never had it, and `ServiceScopeRequiredError`.
   */
  async end(userId: string, sessionId: string, ending: Ending): Promise<boolean> {
    const request = this.requestOf(ending, ({ id }) => id === sessionId);
    // Those of a deleted account have all ended.
    const ended = await this.accounts.changeIfThere(userId, (account) => decideEnd(account, request));
    if (ended && ended.length > 0) return true;
    if (!(await this.sessions.find(userId, sessionId))) throw new SessionNotFoundError();
    return false;
  }

  /** Whose session it is, live or ended. Throws `SessionNotFoundError`. */
  async getUserId(sessionId: string): Promise<string> {
    const userId = await this.sessions.findUserId(sessionId);
    if (!userId) throw new SessionNotFoundError();
    return userId;
  }

  /** Ends one session, whosever it is. Throws `SessionNotFoundError` and `ServiceScopeRequiredError`. */
  async endById(sessionId: string, ending: Ending): Promise<void> {
    await this.end(await this.getUserId(sessionId), sessionId, ending);
  }

  async logOut(session: Session): Promise<void> {
    await this.end(session.userId, session.id, { reason: 'logged_out', actor: holderOf(session) });
  }

  /** Ends one session as a person may: their own, or as an administrator, unless a service alone vouches for them, anybody's. Throws `SessionNotFoundError`. */
  async endAs({ user, session }: { user: Profile; session: Session }, sessionId: string): Promise<void> {
    try {
      await this.end(user.id, sessionId, { reason: 'revoked', actor: holderOf(session) });
    } catch (error) {
      if (!(error instanceof SessionNotFoundError) || user.role !== 'admin' || isVouched(session)) throw error;
      const actor = { kind: 'admin', userId: user.id, sessionId: session.id } as const;
      await this.endById(sessionId, { reason: 'revoked_by_admin', actor });
    }
  }

  /** Ends all sessions of the person who asks, the asking one included; returns how many. */
  endOwn(asking: Session): Promise<number> {
    return this.endAll(asking.userId, { reason: 'revoked', actor: holderOf(asking) });
  }

  /** Ends all but the session that asks; returns how many. */
  async endOthers(asking: Session): Promise<number> {
    const others = ({ id }: Session) => id !== asking.id;
    return (await this.endWhere(asking.userId, { reason: 'revoked', actor: holderOf(asking) }, others)).length;
  }

  /** Ends all sessions of the user; returns how many. Throws `ServiceScopeRequiredError`. */
  async endAll(userId: string, ending: Ending): Promise<number> {
    const ended = await this.endWhere(userId, ending, () => true);
    return ended.length;
  }

  /** Restarts the idle time, written before it returns. Throws `ServiceScopeRequiredError`. */
  refresh(session: Session, actor: Actor = holderOf(session)): Promise<Session> {
    return this.renew(session, null, actor);
  }

  /** As `refresh`, and issues a new token. The one shown stays valid until the new one has been used, and ten seconds more. */
  async rotate(session: Session, shownToken: string): Promise<{ session: Session; token: string }> {
    const { token, hash: fresh } = issueToken(session.userId, session.id);
    const shown = parseToken(shownToken)?.hash;
    if (!shown) throw new InvalidTokenError();
    return { session: await this.renew(session, { shown, fresh }, holderOf(session)), token };
  }

  private renew(session: Session, rotation: Renewal['rotation'], actor: Actor): Promise<Session> {
    const sparesAdmins = this.scopes.sparesAdmins(actor);
    const renewal = { now: this.clock.now(), sessionId: session.id, rotation, sparesAdmins };
    return this.own.change(session, (account) => decideRenewal(account, renewal));
  }

  private requestOf(ending: Ending, which: EndRequest['which']): EndRequest {
    return { ...ending, which, now: this.clock.now(), sparesAdmins: this.scopes.sparesAdmins(ending.actor) };
  }

  private endWhere(userId: string, ending: Ending, which: EndRequest['which']): Promise<readonly EndedSession[]> {
    const request = this.requestOf(ending, which);
    return this.accounts.change(userId, (account) => decideEnd(account, request));
  }
}
