import { AccountDraft, holderOf, type Account, type Decision, type Session } from '../accounts/index.js';
import { getLive } from './session-end.decider.js';

export interface Renewal {
  readonly now: Date;
  readonly sessionId: string;
  /** The hash that takes the old one's place; null where the token stays. */
  readonly tokenHash: string | null;
}

/** Restarts the idle time of a live session. */
export function decideRenewal(account: Account, renewal: Renewal): Decision<Session> {
  const session = getLive(account, renewal.sessionId, renewal.now);
  const draft = new AccountDraft(account, renewal.now, holderOf(session));
  const lastSeenAt = renewal.now > session.lastSeenAt ? renewal.now : session.lastSeenAt;
  const renewed = { ...session, lastSeenAt, tokenHash: renewal.tokenHash ?? session.tokenHash };
  draft.replaceSession(renewed);
  return draft.commit(renewed);
}
