import { Injectable } from '@nestjs/common';
import { Accounts, isEnded, timeoutOf, type EndedSession, type Profile, type Session } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { decideTimeouts } from './session-end.decider.js';
import { SessionActivity } from './session-activity.service.js';
import { InvalidTokenError, SessionEndedError } from './session.errors.js';
import { SessionStore, type FoundSession, type SessionRef } from './session.store.js';
import { parseToken } from './session.token.js';
import { decideTokenUse, tokenUseOf } from './token-rotation.js';

export type Validation =
  | { readonly active: true; readonly user: Profile; readonly session: Session }
  /** `ended` is null for a token that never was, or whose secret is wrong. */
  | { readonly active: false; readonly ended: EndedSession | null };

const NEVER_WAS: Validation = { active: false, ended: null };

/** Says of a token whether its session is live, from the store, with no cache in front: what has ended is refused at once. */
@Injectable()
export class SessionValidator {
  constructor(
    private readonly sessions: SessionStore,
    private readonly accounts: Accounts,
    private readonly activity: SessionActivity,
    private readonly clock: Clock,
  ) {}

  /** Counts as a use of the session. */
  async validate(token: string): Promise<Validation> {
    const parsed = parseToken(token);
    const found = parsed && (await this.sessions.find(parsed.userId, parsed.sessionId));
    const now = this.clock.now();
    if (!found || !tokenUseOf(found.session, parsed.hash, now)) return NEVER_WAS;
    const timely = await this.settle(found, now);
    const settled = timely && (await this.settleToken(timely, parsed.hash, now));
    if (!settled) return NEVER_WAS;
    const { user, session } = settled;
    if (isEnded(session)) return { active: false, ended: session };
    this.activity.record(session, now);
    return { active: true, user, session };
  }

  /** As `validate`, but throws `InvalidTokenError`, and `SessionEndedError` with the reason. */
  async getActive(token: string): Promise<{ user: Profile; session: Session }> {
    const validation = await this.validate(token);
    if (validation.active) return validation;
    throw validation.ended ? new SessionEndedError(validation.ended) : new InvalidTokenError();
  }

  /** The session as it is now, for one that has been validated before. No use of it; null where it is unknown by now. */
  async look({ userId, sessionId }: SessionRef): Promise<Session | EndedSession | null> {
    const found = await this.sessions.find(userId, sessionId);
    return (found && (await this.settle(found, this.clock.now())))?.session ?? null;
  }

  /** As `look`, but throws `InvalidTokenError`, and `SessionEndedError` with the reason. */
  async getLive(ref: SessionRef): Promise<Session> {
    const session = await this.look(ref);
    if (!session) throw new InvalidTokenError();
    if (isEnded(session)) throw new SessionEndedError(session);
    return session;
  }

  /** A use of a session that `look` has found live. */
  recordUse(session: Session): void {
    this.activity.record(session, this.clock.now());
  }

  /** What a rotation makes of the token is committed before anybody is let in by it: one write per rotation, none for the token in use. */
  private async settleToken(found: FoundSession, tokenHash: string, now: Date): Promise<FoundSession | null> {
    const { session } = found;
    if (isEnded(session) || tokenUseOf(session, tokenHash, now) === 'valid') return found;
    const { userId, id: sessionId } = session;
    await this.accounts.changeIfThere(userId, (account) => decideTokenUse(account, { now, sessionId, tokenHash }));
    const settled = await this.sessions.find(userId, sessionId);
    return settled && tokenUseOf(settled.session, tokenHash, now) ? settled : null;
  }

  /** The timeout is committed before anybody hears of it, so that no clock stepping back revives the session. */
  private async settle(found: FoundSession, now: Date): Promise<FoundSession | null> {
    const { session } = found;
    if (isEnded(session) || timeoutOf(session, now) === null) return found;
    const { userId, id } = session;
    await this.activity.flush();
    await this.accounts.changeIfThere(userId, (account) => decideTimeouts(account, now));
    return this.sessions.find(userId, id);
  }
}
