import {
  AccountDraft,
  deviceStandingOf,
  eventId,
  FreshProofRequiredError,
  holderOf,
  outranks,
  standingIn,
  type Account,
  type Decision,
  type Ticket,
} from '../accounts/index.js';
import { getLive } from './session-end.decider.js';
import { LoginRequestDecidedError, LoginRequestNotFoundError } from './session.errors.js';

export interface Approval {
  readonly now: Date;
  /** The live session that answers. */
  readonly sessionId: string;
  readonly requestId: string;
  readonly approve: boolean;
}

/**
 * One answer per request. Throws `LoginRequestNotFoundError`, once expired too, `LoginRequestDecidedError`, and
 * `FreshProofRequiredError` where the device that waits has a higher standing than the one that answers.
 */
export function decideApproval(account: Account, { now, sessionId, requestId, approve }: Approval): Decision<object> {
  const session = getLive(account, sessionId, now);
  const ticket = account.tickets.find(({ request }) => request?.id === requestId);
  if (!ticket?.request || now >= ticket.expiresAt) throw new LoginRequestNotFoundError();
  if (ticket.request.approved !== null) throw new LoginRequestDecidedError();
  const waiting = deviceStandingOf(account, ticket.request.device.id, now, now);
  if (!outranks(standingIn(account, session, now), waiting))
    throw new FreshProofRequiredError(['code', 'settled_device']);
  const draft = new AccountDraft(account, now, holderOf(session));
  const answered: Ticket = { ...ticket, request: { ...ticket.request, approved: approve } };
  draft.set({ tickets: account.tickets.map((other) => (other === ticket ? answered : other)) });
  draft.emit(eventId('login.decided', requestId), { type: 'login.decided', requestId, approved: approve });
  return draft.commit({});
}
