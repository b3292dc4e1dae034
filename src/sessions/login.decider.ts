import {
  asEndedBy,
  eventId,
  AccountDraft,
  InvalidCredentialsError,
  UserLockedError,
  withoutHash,
  type Account,
  type Decision,
  type Device,
  type DeviceSummary,
  type EndedSession,
  type Session,
  type Ticket,
} from '../accounts/index.js';
import { identifyDevice, type IdentifiedDevice, type PresentedDevice } from '../devices/index.js';
import { InvalidTicketError } from './session.errors.js';
import { decideAdmission, type SessionPolicy } from './session.policy.js';
import { endTimedOut } from './session-end.decider.js';

/** All that a login brings along. Ids and hashes are fixed before the store runs the decision, so that it may run twice. */
export interface LoginAttempt {
  readonly now: Date;
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly device: PresentedDevice;
  /** The password that was verified; null where a service vouches for the person. */
  readonly credentialVersion: number | null;
  readonly policy: SessionPolicy;
  /** Handed out where the policy asks which session shall go. */
  readonly ticket: Ticket;
  readonly takeover: Takeover | null;
}

export interface Takeover {
  readonly ticketHash: string;
  readonly end: readonly string[];
}

export type LoginResult =
  | {
      readonly admitted: true;
      readonly account: Account;
      readonly session: Session;
      readonly displaced: readonly EndedSession[];
      readonly identified: IdentifiedDevice;
    }
  | { readonly admitted: false; readonly inTheWay: readonly Session[]; readonly asked: boolean };

/** Unused tickets that an account keeps; a further one pushes out the oldest. */
const MAX_TICKETS = 10;

/** An hour of refusals from one device signature and network is one notice. */
const REFUSAL_WINDOW_MS = 3_600_000;

/**
 * "Let me in": the only way in. Sessions that the clock has ended go first, with their own reason. A proven device's own
 * session makes way for its new one and takes no further place; then the policy decides over the rest.
 */
export function decideLogin(account: Account, attempt: LoginAttempt): Decision<LoginResult> {
  assertMayLogIn(account, attempt);
  const draft = new AccountDraft(account, attempt.now);
  endTimedOut(draft);
  const identified = identifyDevice(account.devices, attempt.device, attempt.now);
  const own = draft.account.live.filter((session) => identified.proven && session.device.id === identified.device.id);
  const chosen = draft.account.live.filter(
    (session) => !own.includes(session) && attempt.takeover?.end.includes(session.id),
  );
  const seats = draft.account.live.filter((session) => !own.includes(session) && !chosen.includes(session));
  const admission = decideAdmission(seats, identified.device.class, attempt.policy);
  if (!admission.admitted) return refuse(draft, attempt, admission.inTheWay, identified);
  return admit(draft, attempt, identified, own, [...chosen, ...admission.displaced]);
}

function assertMayLogIn(account: Account, attempt: LoginAttempt): void {
  if (attempt.takeover) findTicket(account, attempt);
  // Against a password that was replaced while it was being verified: it must not outlive the replacement.
  else if (attempt.credentialVersion !== null && attempt.credentialVersion !== account.credentialVersion) {
    throw new InvalidCredentialsError();
  }
  if (account.lockedAt)
    throw attempt.credentialVersion === null ? new UserLockedError() : new InvalidCredentialsError();
}

function findTicket(account: Account, { takeover, now }: LoginAttempt): void {
  const ticket = account.tickets.find(({ hash }) => hash === takeover?.ticketHash);
  const usable =
    ticket &&
    now < ticket.expiresAt &&
    (ticket.credentialVersion === null || ticket.credentialVersion === account.credentialVersion);
  if (!usable) throw new InvalidTicketError();
}

function admit(
  draft: AccountDraft,
  attempt: LoginAttempt,
  identified: IdentifiedDevice,
  own: readonly Session[],
  others: readonly Session[],
): Decision<LoginResult> {
  const session = newSession(draft.account.id, attempt, identified);
  const by = asEndedBy(session);
  const displaced = draft.end([...own, ...others], 'displaced', by);
  draft.start(session);
  draft.putDevice(identified.device);
  if (others.length > 0) {
    draft.emit(eventId('sessions.displaced', session.id), { type: 'sessions.displaced', by });
  }
  if (identified.firstSeen && draft.account.firstLoginAt) {
    draft.emit(eventId('device.first_seen', session.userId, session.device.id), {
      type: 'device.first_seen',
      session: withoutHash(session),
    });
  }
  draft.set({
    firstLoginAt: draft.account.firstLoginAt ?? attempt.now,
    tickets: openTickets(draft.account, attempt.now).filter(({ hash }) => hash !== attempt.takeover?.ticketHash),
  });
  return draft.commit({ admitted: true, account: draft.account, session, displaced, identified });
}

/** Ends nobody and keeps no device: only the notice, and under `ask` the ticket. A ticket that does not suffice stays. */
function refuse(
  draft: AccountDraft,
  attempt: LoginAttempt,
  inTheWay: readonly Session[],
  { device }: IdentifiedDevice,
): Decision<LoginResult> {
  const asked = attempt.policy.onLimit === 'ask' && !attempt.takeover;
  const result: LoginResult = { admitted: false, inTheWay, asked };
  if (attempt.takeover) return draft.commit(result);
  const hour = Math.floor(attempt.now.getTime() / REFUSAL_WINDOW_MS);
  const id = eventId('session.refused', draft.account.id, device.signature, device.network, hour);
  draft.emit(id, { type: 'session.refused', device: summaryOf(device), ip: attempt.ip });
  if (asked) {
    const kept = openTickets(draft.account, attempt.now).slice(1 - MAX_TICKETS);
    draft.set({ tickets: [...kept, attempt.ticket] });
  }
  return draft.commit(result);
}

function newSession(userId: string, attempt: LoginAttempt, { device }: IdentifiedDevice): Session {
  return {
    id: attempt.sessionId,
    userId,
    tokenHash: attempt.tokenHash,
    device: summaryOf(device),
    ip: attempt.ip,
    userAgent: attempt.userAgent,
    createdAt: attempt.now,
    lastSeenAt: attempt.now,
    idleTimeout: attempt.policy.idleTimeout,
    expiresAt: new Date(attempt.now.getTime() + attempt.policy.maxAge * 1000),
  };
}

function summaryOf({ id, name, class: deviceClass, browser, os }: Device): DeviceSummary {
  return { id, name, class: deviceClass, browser, os };
}

function openTickets(account: Account, now: Date): Ticket[] {
  return account.tickets.filter((ticket) => now < ticket.expiresAt);
}
