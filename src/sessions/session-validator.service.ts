import { Injectable } from '@nestjs/common';
import { Accounts, isEnded, timeoutOf, type EndedSession, type Profile, type Session } from '../accounts/index.js';
import { Clock, sameHash } from '../common/index.js';
import { decideTimeouts } from './session-end.decider.js';
import { SessionActivity } from './session-activity.service.js';
import { SessionStore, type FoundSession } from './session.store.js';
import { parseToken } from './session.token.js';

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
    if (!found || !sameHash(parsed.hash, found.session.tokenHash)) return NEVER_WAS;
    const now = this.clock.now();
    const { user, session } = timedOut(found.session, now) ? await this.settle(found, now) : found;
    if (isEnded(session)) return { active: false, ended: session };
    this.activity.record(session, now);
    return { active: true, user, session };
  }

  /** The timeout is committed before anybody hears of it, so that no clock stepping back revives the session. */
  private async settle(found: FoundSession, now: Date): Promise<FoundSession> {
    const { userId, id } = found.session;
    await this.activity.flush();
    await this.accounts.change(userId, (account) => decideTimeouts(account, now));
    return (await this.sessions.find(userId, id)) ?? found;
  }
}

function timedOut(session: Session | EndedSession, now: Date): boolean {
  return !isEnded(session) && timeoutOf(session, now) !== null;
}
