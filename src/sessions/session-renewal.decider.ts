import { timeoutOf, unchanged, AccountDraft, type Account, type Decision, type Session } from '../accounts/index.js';
import { endTimedOut } from './session-end.decider.js';

export interface Renewal {
  readonly now: Date;
  readonly sessionId: string;
  /** The hash that takes the old one's place; null where the token stays. */
  readonly tokenHash: string | null;
}

/** Restarts the idle time of a live session. `session` is null where it has ended meanwhile. */
export function decideRenewal(account: Account, renewal: Renewal): Decision<{ session: Session | null }> {
  const session = account.live.find(({ id }) => id === renewal.sessionId);
  if (!session) return unchanged({ session: null });
  const draft = new AccountDraft(account, renewal.now);
  if (timeoutOf(session, renewal.now)) {
    endTimedOut(draft);
    return draft.commit({ session: null });
  }
  const lastSeenAt = renewal.now > session.lastSeenAt ? renewal.now : session.lastSeenAt;
  const renewed = { ...session, lastSeenAt, tokenHash: renewal.tokenHash ?? session.tokenHash };
  draft.replaceSession(renewed);
  return draft.commit({ session: renewed });
}
