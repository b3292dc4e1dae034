import {
  AccountDraft,
  deviceStandingOf,
  eventId,
  FreshProofRequiredError,
  holderOf,
  outranks,
  standingIn,
  SYSTEM,
  unchanged,
  type Account,
  type Decision,
  type LoginRequest,
  type Ticket,
} from '../accounts/index.js';
import { getLive } from './session-end.decider.js';
import { LoginRequestDecidedError, LoginRequestNotFoundError } from './session.errors.js';

export interface Approval {
  readonly now: Date;
  /** The live session that answers. */
  readonly sessionId: string;
  readonly requestId: string;
  /** The number that was picked; null to deny. */
  readonly number: number | null;
}

/**
 * One answer per request. A number other than the one that the waiting device shows denies: whoever picks it has another login in mind.
 * Throws `LoginRequestNotFoundError`, once expired too, `LoginRequestDecidedError`, and `FreshProofRequiredError` where the device that waits has a higher standing than the one that answers.
 */
export function decideApproval(
  account: Account,
  { now, sessionId, requestId, number }: Approval,
): Decision<{ approved: boolean }> {
  const session = getLive(account, sessionId, now);
  const ticket = account.tickets.find(({ request }) => request?.id === requestId);
  if (!ticket?.request || now >= ticket.expiresAt) throw new LoginRequestNotFoundError();
  if (ticket.request.approved !== null) throw new LoginRequestDecidedError();
  const waiting = deviceStandingOf(account, ticket.request.device.id, now, now);
  if (!outranks(standingIn(account, session, now), waiting))
    throw new FreshProofRequiredError(['code', 'settled_device']);
  const draft = new AccountDraft(account, now, holderOf(session));
  const approved = number === ticket.request.number;
  replaceRequest(draft, ticket, { ...ticket.request, approved });
  draft.emit(eventId('login.decided', requestId), { type: 'login.decided', requestId, approved });
  return draft.commit({ approved });
}

export interface Waiting {
  readonly now: Date;
  readonly ticketHash: string;
  /** Where the ticket was shown. */
  readonly ip: string;
}

/**
 * Whoever answers shall see both addresses: where the login was asked from, and where it is waited for. What a service asked for is waited
 * for where the service says.
 */
export function decideWaiting(account: Account, { now, ticketHash, ip }: Waiting): Decision<object> {
  const ticket = account.tickets.find(({ hash }) => hash === ticketHash);
  const request = ticket?.holder && ticket.request;
  if (!request || request.approved !== null || now >= ticket.expiresAt) return unchanged({});
  const waitsFrom = ip === request.ip ? null : ip;
  if (waitsFrom === request.waitsFrom) return unchanged({});
  const draft = new AccountDraft(account, now, SYSTEM);
  replaceRequest(draft, ticket, { ...request, waitsFrom });
  return draft.commit({});
}

function replaceRequest(draft: AccountDraft, ticket: Ticket, request: LoginRequest): void {
  const replaced: Ticket = { ...ticket, request };
  draft.set({ tickets: draft.account.tickets.map((other) => (other === ticket ? replaced : other)) });
}
