import {
  asEndedBy,
  confirmed,
  eventId,
  inOurWords,
  standingOf,
  summaryOf,
  AccountDraft,
  withoutHash,
  type Account,
  type Code,
  type Decision,
  type Device,
  type EndedSession,
  type LoginRequest,
  type Session,
  type Ticket,
} from '../accounts/index.js';
import { identifyDevice, shownByHolder, type IdentifiedDevice } from '../devices/index.js';
import type { LoginAttempt } from './login-attempt.js';
import { assertMayLogIn, leaveOf, type Leave } from './login-leave.js';
import { cancelWaiting } from './postponement.decider.js';
import { decideAdmission } from './session.policy.js';
import { assertMayTouch, endTimedOut } from './session-end.decider.js';

export type LoginResult =
  | {
      readonly admitted: true;
      readonly account: Account;
      readonly session: Session;
      readonly displaced: readonly EndedSession[];
      readonly identified: IdentifiedDevice;
    }
  | {
      readonly admitted: false;
      readonly inTheWay: readonly Session[];
      /** What the ticket is for, where one was given: to choose who goes, or to wait until a live device agrees. */
      readonly asked: Asked | null;
    };

export interface Asked {
  readonly to: 'choose' | 'wait';
  /** Until when the ticket can be used. */
  readonly expiresAt: Date;
  /** That which the ticket was given to. */
  readonly device: Device;
}

/** How long a person has to choose, and a live device to answer, in ms. */
const LEAVE_MS = { choose: 5 * 60_000, wait: 2 * 60_000 };

/** Unused tickets that an account keeps; a further one pushes out the oldest. */
const MAX_TICKETS = 10;

/** Open questions that a person is bothered with at a time; the next newcomer is refused. */
const MAX_REQUESTS = 3;

/** An hour of refusals from one device signature and network is one notice. */
const REFUSAL_WINDOW_MS = 3_600_000;

const DAY_MS = 86_400_000;

/**
 * "Let me in": the only way in. Sessions that the clock has ended go first, with their own reason. A proven device's own
 * session makes way for its new one and takes no further place; then the policy decides over the rest.
 */
export function decideLogin(account: Account, attempt: LoginAttempt): Decision<LoginResult> {
  const draft = new AccountDraft(account, attempt.now, attempt.actor);
  assertMayTouch(account, attempt);
  const leave = leaveOf(account, attempt);
  const { holder } = leave;
  const shown = holder ? shownByHolder(account.devices, attempt.device, holder) : attempt.device;
  const identified = identifyDevice(account.devices, shown, attempt.now);
  assertMayLogIn(account, leave, identified, attempt.now);
  endTimedOut(draft);
  const own = draft.account.live.filter((session) => identified.proven && session.device.id === identified.device.id);
  const chosen = draft.account.live.filter(
    (session) => !own.includes(session) && attempt.takeover?.end.includes(session.id),
  );
  const seats = draft.account.live.filter((session) => !own.includes(session) && !chosen.includes(session));
  const policy = leave.approved ? { ...attempt.policy, onLimit: 'end-oldest' as const } : attempt.policy;
  const admission = decideAdmission(seats, identified.device.class, policy);
  if (!admission.admitted) return refuse(draft, attempt, leave, admission.inTheWay, identified);
  return admit(draft, attempt, leave, identified, own, [...chosen, ...admission.displaced]);
}

function admit(
  draft: AccountDraft,
  attempt: LoginAttempt,
  leave: Leave,
  identified: IdentifiedDevice,
  own: readonly Session[],
  others: readonly Session[],
): Decision<LoginResult> {
  const session = newSession(draft.account, attempt, leave, identified);
  const by = asEndedBy(session);
  const displaced = draft.end([...own, ...others], 'displaced', by);
  draft.start(session);
  const device = deviceAfter(draft.account, attempt.now, leave, identified);
  draft.putDevice(device);
  if (standingOf(draft.account, { device }, attempt.now)?.settled) cancelWaiting(draft, by);
  if (others.length > 0) {
    const newDevice = identified.firstSeen && draft.account.firstLoginAt !== null;
    draft.emit(eventId('sessions.displaced', session.id), {
      type: 'sessions.displaced',
      by,
      ...(newDevice && { newDevice }),
    });
  }
  if (draft.account.firstLoginAt) tellOfStranger(draft, attempt, session, identified, others.length > 0);
  draft.set({
    firstLoginAt: draft.account.firstLoginAt ?? attempt.now,
    tickets: openTickets(draft.account, attempt.now).filter(({ hash }) => hash !== attempt.takeover?.ticketHash),
    codes: codesBut(draft.account, attempt),
  });
  return draft.commit({ admitted: true, account: draft.account, session, displaced, identified });
}

/**
 * Whoever comes without proof is told of: as a new device or, where recognised, once per network and day, unless the sessions whose place
 * they took tell of them.
 */
function tellOfStranger(
  draft: AccountDraft,
  { now }: LoginAttempt,
  session: Session,
  { device, proven, firstSeen }: IdentifiedDevice,
  isTold: boolean,
): void {
  const fact = { session: withoutHash(session) };
  if (firstSeen) {
    const displaced = isTold && { displaced: true };
    draft.emit(eventId('device.first_seen', session.userId, device.id), {
      type: 'device.first_seen',
      ...fact,
      ...displaced,
    });
  } else if (!proven && !isTold) {
    const day = Math.floor(now.getTime() / DAY_MS);
    draft.emit(eventId('login.unproven', session.userId, device.network, day), { type: 'login.unproven', ...fact });
  }
}

/** A code to a verified channel proves that the device is theirs after all; to a settled one, it settles the device. */
function deviceAfter(account: Account, now: Date, { provedBy }: Leave, { device }: IdentifiedDevice): Device {
  const unblocked = { ...device, blockedAt: null };
  return provedBy === null || provedBy === 'password'
    ? unblocked
    : confirmed(account, unblocked, { channel: provedBy }, now);
}

/** Ends nobody and keeps no device: only the notice, and under `ask` and `approve` the ticket. A ticket that does not suffice stays. */
function refuse(
  draft: AccountDraft,
  attempt: LoginAttempt,
  leave: Leave,
  inTheWay: readonly Session[],
  { device }: IdentifiedDevice,
): Decision<LoginResult> {
  const asked = attempt.takeover ? null : askSomebody(draft, attempt, leave, device);
  if (!attempt.takeover && asked?.to !== 'wait') {
    const hour = Math.floor(attempt.now.getTime() / REFUSAL_WINDOW_MS);
    const id = eventId('session.refused', draft.account.id, device.signature, device.network, hour);
    draft.emit(id, { type: 'session.refused', device: summaryOf(device), ip: attempt.ip });
  }
  return draft.commit({ admitted: false, inTheWay, asked });
}

/** A ticket for a later try takes the place of what was proved now. */
function askSomebody(draft: AccountDraft, attempt: LoginAttempt, leave: Leave, device: Device): Asked | null {
  const { onLimit } = attempt.policy;
  if (onLimit !== 'ask' && onLimit !== 'approve') return null;
  const to = onLimit === 'ask' ? 'choose' : 'wait';
  const open = openTickets(draft.account, attempt.now);
  if (to === 'wait' && open.filter(({ request }) => request).length >= MAX_REQUESTS) return null;
  const expiresAt = new Date(attempt.now.getTime() + LEAVE_MS[to]);
  const request = to === 'wait' ? requestApproval(draft, attempt, device, expiresAt) : null;
  const credentialVersion = leave.by === 'password' ? leave.credentialVersion : null;
  const { id: deviceId, keyHash, class: deviceClass } = device;
  const holder = attempt.ticket.vouched ? null : { deviceId, keyHash, class: deviceClass, ip: attempt.ip };
  draft.set({
    tickets: [
      ...open.slice(1 - MAX_TICKETS),
      { ...attempt.ticket, expiresAt, credentialVersion, provedBy: leave.provedBy, holder, request },
    ],
    codes: codesBut(draft.account, attempt),
  });
  return { to, expiresAt, device };
}

function requestApproval(
  draft: AccountDraft,
  { sessionId, ip, numbers }: LoginAttempt,
  of: Device,
  expiresAt: Date,
): LoginRequest {
  const id = eventId('login.requested', sessionId);
  const device = inOurWords(summaryOf(of));
  draft.emit(id, { type: 'login.requested', requestId: id, device, ip, numbers: numbers.numbers, expiresAt });
  return { id, device, ip, waitsFrom: null, ...numbers, approved: null };
}

/** A code is used up by the login that it was sent for. */
function codesBut(account: Account, { proof }: LoginAttempt): readonly Code[] {
  return proof.kind === 'code' ? account.codes.filter(({ id }) => id !== proof.codeId) : account.codes;
}

function newSession(
  { id: userId }: Account,
  attempt: LoginAttempt,
  { credentialVersion, provedBy, holder }: Leave,
  { device }: IdentifiedDevice,
): Session {
  return {
    id: attempt.sessionId,
    userId,
    tokenHash: attempt.tokenHash,
    rotation: null,
    credentialVersion,
    provedAt: provedBy && attempt.now,
    provedBy,
    device: summaryOf(device),
    ip: attempt.ip,
    askedFrom: holder && holder.ip !== attempt.ip ? holder.ip : null,
    userAgent: attempt.userAgent,
    createdAt: attempt.now,
    lastSeenAt: attempt.now,
    idleTimeout: attempt.policy.idleTimeout,
    expiresAt: new Date(attempt.now.getTime() + attempt.policy.maxAge * 1000),
  };
}

function openTickets(account: Account, now: Date): Ticket[] {
  return account.tickets.filter((ticket) => now < ticket.expiresAt);
}
