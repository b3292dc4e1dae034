import {
  CODE_ADDED_LATER,
  REQUEST_ADDED_LATER,
  FORMER_MS,
  IDENTIFIER_KINDS,
  type Account,
  type AccountEvent,
  type Device,
  type EndedSession,
  type LoginRequest,
  type Profile,
  type Session,
  type Ticket,
} from '../../accounts/index.js';
import type { EndedSessionDocument, OutboxEntry, UserDocument } from './mongo-account-schemas.js';

/** What a document and an account have in common. */
export const PROFILE_FIELDS = [
  ...IDENTIFIER_KINDS,
  'mobileVerifiedAt',
  'emailVerifiedAt',
  'displayName',
  'avatarUrl',
  'locale',
  'role',
  'createdAt',
] as const satisfies (keyof Profile)[];

export const ACCOUNT_FIELDS = [
  ...PROFILE_FIELDS,
  'passwordHash',
  'credentialVersion',
  'lockedAt',
  'deletedAt',
  'firstLoginAt',
  'live',
  'devices',
  'tickets',
  'codes',
  'mobileAddedAt',
  'emailAddedAt',
  'mobileSince',
  'emailSince',
  'distrustedSince',
  'identifiersSetBy',
  'formerIdentifiers',
  'formerPassword',
  'refusedPasswords',
  'postponed',
  'recoveryLink',
  'reported',
] as const satisfies (keyof Account)[];

export function toProfile(document: UserDocument): Profile {
  return { id: document._id, ...pick(document, PROFILE_FIELDS) };
}

export function toAccount(document: UserDocument): Account {
  const whole = { ...ADDED_LATER, ...channelsAddedLater(document), ...formerAddedLater(document), ...document };
  const [live, devices] = [liveSessions(document), document.devices.map(toDevice)];
  const tickets = document.tickets.map(toTicket);
  const codes = whole.codes.map((code) => ({ ...CODE_ADDED_LATER, ...code }));
  return { id: document._id, ...pick(whole, ACCOUNT_FIELDS), devices, tickets, live, codes };
}

/** The live sessions with the latest use that is recorded of each. */
export function liveSessions({ live = [], seen = {} }: Partial<Pick<UserDocument, 'live' | 'seen'>>): Session[] {
  return live.map((session) => {
    const seenAt = seen[session.id];
    const lastSeenAt = seenAt && seenAt > session.lastSeenAt ? seenAt : session.lastSeenAt;
    return { ...SESSION_ADDED_LATER, ...session, lastSeenAt };
  });
}

/** One of an earlier version stands since it was first seen. */
function toDevice(device: Omit<Device, 'since' | 'confirmedAt'>): Device {
  return { since: device.firstSeenAt, confirmedAt: null, ...device };
}

type EarlierTicket = Omit<Ticket, 'holder' | 'request'> & {
  readonly request: Omit<LoginRequest, keyof typeof REQUEST_ADDED_LATER> | null;
};

/** For a login request of version 0.1.0 nobody can pick a number. */
function toTicket({ request, ...ticket }: EarlierTicket): Ticket {
  return { holder: null, ...ticket, request: request && { ...REQUEST_ADDED_LATER, ...request } };
}

export function toEndedSession({ _id, ...session }: EndedSessionDocument): EndedSession {
  return { id: _id, ...SESSION_ADDED_LATER, ...session };
}

export function toOutboxEntry(event: AccountEvent, ended: readonly EndedSession[]): OutboxEntry {
  if (event.type !== 'session.ended') return event;
  const tombstone = ended.find(({ id }) => id === event.session.id);
  return tombstone ? { ...event, tokenHash: tombstone.tokenHash, rotation: tombstone.rotation } : event;
}

export function toEvent(entry: OutboxEntry): AccountEvent {
  const { tokenHash: _, rotation: __, ...event } = entry;
  return event;
}

/** The tombstones that wait in an outbox to be moved to the history. */
export function tombstonesIn(outbox: readonly OutboxEntry[]): EndedSession[] {
  return outbox.flatMap((entry) =>
    entry.type === 'session.ended' && entry.tokenHash
      ? [{ ...SESSION_ADDED_LATER, ...entry.session, tokenHash: entry.tokenHash, rotation: entry.rotation ?? null }]
      : [],
  );
}

/** What documents of an earlier version lack. */
const ADDED_LATER = {
  locale: null,
  codes: [],
  distrustedSince: null,
  reported: [],
  identifiersSetBy: {},
  formerPassword: null,
  refusedPasswords: [],
  postponed: [],
  recoveryLink: null,
} as const;

/** A channel of an earlier version was there from the beginning, and counts from its verification. */
function channelsAddedLater({ createdAt, mobile, email, mobileVerifiedAt, emailVerifiedAt }: UserDocument) {
  return {
    mobileAddedAt: mobile && createdAt,
    emailAddedAt: email && createdAt,
    mobileSince: mobileVerifiedAt,
    emailSince: emailVerifiedAt,
  };
}

function formerAddedLater({ formerContacts = [] }: UserDocument): Pick<Account, 'formerIdentifiers'> {
  const formerIdentifiers = formerContacts.map(({ channel: kind, contact: value, since, until }) => {
    const replaced = { deviceId: '', at: new Date(until.getTime() - FORMER_MS), confirmedSince: null };
    return { kind, value, addedAt: since, verifiedAt: since, since, replaced };
  });
  return { formerIdentifiers };
}

/** What sessions of earlier versions lack. */
const SESSION_ADDED_LATER = { provedAt: null, provedBy: null, askedFrom: null, rotation: null } as const;

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
