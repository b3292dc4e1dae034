import { AccountDraft, holderOf, type Account, type Decision, type Session } from '../accounts/index.js';
import { assertMayTouch, getLive } from './session-end.decider.js';
import { rotated } from './token-rotation.js';

export interface Renewal {
  readonly now: Date;
  readonly sessionId: string;
  /** As of `EndRequest`. */
  readonly sparesAdmins: boolean;
  /** Hashes of the token that was shown, and of the one that takes its place; null where the token stays. */
  readonly rotation: { readonly shown: string; readonly fresh: string } | null;
}

/** Restarts the idle time of a live session. Throws `InvalidTokenError`, `RotationLimitError` and `ServiceScopeRequiredError`. */
export function decideRenewal(account: Account, renewal: Renewal): Decision<Session> {
  assertMayTouch(account, renewal);
  const session = getLive(account, renewal.sessionId, renewal.now);
  const draft = new AccountDraft(account, renewal.now, holderOf(session));
  const lastSeenAt = renewal.now > session.lastSeenAt ? renewal.now : session.lastSeenAt;
  const { rotation, now } = renewal;
  const renewed = { ...(rotation ? rotated(session, rotation.shown, rotation.fresh, now) : session), lastSeenAt };
  draft.replaceSession(renewed);
  return draft.commit(renewed);
}
