import type { Device, DeviceClass, DeviceSummary } from './device.js';
import type { FormerIdentifier, IdentifierChange } from './former-identifier.js';
import { IDENTIFIER_KINDS, identifierKey, type IdentifierKind } from './identifier.js';
import type { ContactChannel, ProvedBy, Session } from './session.js';

export const ROLES = ['user', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The languages in which the service writes to people, as BCP 47 tags. */
export const LOCALES = ['en', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

/** The person's side of the account: what views show and guards hand on. */
export interface Profile {
  readonly id: string;
  /** E.164. */
  readonly mobile: string | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly mobileVerifiedAt: Date | null;
  readonly emailVerifiedAt: Date | null;
  readonly displayName: string | null;
  readonly avatarUrl: string | null;
  /** Null where the person has chosen none. */
  readonly locale: Locale | null;
  readonly role: Role;
  readonly createdAt: Date;
}

/** Leave to enter later, got with the right password: under `ask` by choosing which sessions end, under `approve` once a live device agrees. One use. */
export interface Ticket {
  /** SHA-256, hex, of the ticket's secret. */
  readonly hash: string;
  readonly expiresAt: Date;
  /** The password that it was got with; null where it was got by a code, or a service vouched for the person. */
  readonly credentialVersion: number | null;
  /** How the person proved who they are; null where a service vouched for them. */
  readonly provedBy: ProvedBy | null;
  /** The end user's client as the service described it; null where the person asked themselves. */
  readonly vouched: VouchedClient | null;
  /** The client that it was given to, and that alone may use it. Null where a service describes the client, and in one of version 0.1.0. */
  readonly holder: TicketHolder | null;
  /** What a live device is asked; null under `ask`. */
  readonly request: LoginRequest | null;
}

/** The client that got a ticket, as the device that its login comes from. It proves itself by its device secret. */
export interface TicketHolder {
  readonly deviceId: string;
  /** As of a device. */
  readonly keyHash: string;
  readonly class: DeviceClass;
  /** Where it asked from. */
  readonly ip: string;
}

/** "May this device come in?" */
export interface LoginRequest {
  readonly id: string;
  readonly device: DeviceSummary;
  /** Where the login was asked from. */
  readonly ip: string;
  /** Where its ticket was shown last, if that was another address. */
  readonly waitsFrom: string | null;
  /** Two digits that the waiting device shows. */
  readonly number: number;
  /** Three, that one among them, in random order: the approving device picks from these. Empty in one of version 0.1.0. */
  readonly numbers: readonly number[];
  /** Null while nobody has decided. */
  readonly approved: boolean | null;
}

/** What login requests lack that an earlier version has stored: nobody can pick a number for one. */
export const REQUEST_ADDED_LATER = { waitsFrom: null, number: 0, numbers: [] } as const satisfies Partial<LoginRequest>;

/** An end user's client in the words of a service that has authenticated the person. */
export interface VouchedClient {
  readonly userAgent: string;
  readonly ip: string;
  readonly deviceId: string | null;
  /** Its name. */
  readonly service: string;
}

export const CODE_PURPOSES = ['login', 'verify', 'recover'] as const;
export type CodePurpose = (typeof CODE_PURPOSES)[number];

/** A one-time code that was sent. At most three per purpose. */
export interface Code {
  readonly id: string;
  /** SHA-256, hex, of the random request that it was asked for with; null for one of an earlier version. */
  readonly requestHash: string | null;
  /** A settled device of the account has asked for it. */
  readonly bySettled: boolean;
  readonly purpose: CodePurpose;
  readonly channel: ContactChannel;
  /** Where it was sent: worth nothing once the account's mobile or e-mail is another. */
  readonly contact: string;
  /** Argon2id: six digits would be found out from a fast hash at once. */
  readonly hash: string;
  readonly expiresAt: Date;
  /** With its request. Tries without it are counted elsewhere. */
  readonly triesLeft: number;
}

/** What codes lack that an earlier version has stored. */
export const CODE_ADDED_LATER = { requestHash: null, bySettled: false } as const satisfies Partial<Code>;

/** A password that a device without standing has replaced without a code. Settled devices may still use it. */
export interface FormerPassword {
  /** Argon2id. */
  readonly hash: string;
  readonly until: Date;
}

/** A link of the help desk that was not used yet. */
export interface RecoveryLink {
  /** SHA-256, hex, of its secret. */
  readonly hash: string;
  readonly expiresAt: Date;
}

/** A deletion or an export that an unsettled device has asked for. It waits, so that the account holder can cancel it. */
export interface Postponed {
  readonly kind: 'deletion' | 'export';
  readonly requestedAt: Date;
  readonly dueAt: Date;
  /** The device that asked. */
  readonly deviceId: string;
  /** Null while it waits. */
  readonly cancelledAt: Date | null;
}

/**
 * The consistency boundary. Everything that decides who is let in stands here,
 * and every write to any of it is one `AccountStore.change`.
 */
export interface Account extends Profile {
  readonly passwordHash: string | null;
  /** Counts the passwords. A login names the one that it was verified against. */
  readonly credentialVersion: number;
  readonly lockedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly firstLoginAt: Date | null;
  readonly live: readonly Session[];
  readonly devices: readonly Device[];
  readonly tickets: readonly Ticket[];
  readonly codes: readonly Code[];
  /** When the mobile was put on the account; null where there is none. */
  readonly mobileAddedAt: Date | null;
  readonly emailAddedAt: Date | null;
  /**
   * From when the mobile counts once it is verified (see standing.ts): from its verification, or from that of the older
   * channel whose code confirmed that it was added. Null while neither is known.
   */
  readonly mobileSince: Date | null;
  readonly emailSince: Date | null;
  /**
   * From when the earliest device that was reported counts, which is when it was first seen or when it lost its standing. Until the
   * password is replaced, it opens a session only from a proven device that counts from before.
   */
  readonly distrustedSince: Date | null;
  /** Who has set the identifiers as they are; absent where the account was created with them, or an administrator has. */
  readonly identifiersSetBy: Readonly<Partial<Record<IdentifierKind, IdentifierChange>>>;
  readonly formerIdentifiers: readonly FormerIdentifier[];
  readonly formerPassword: FormerPassword | null;
  /** Argon2id hashes of passwords that a stranger knows, the latest last: none of them may be chosen again. */
  readonly refusedPasswords: readonly string[];
  /** At most one of each kind. A cancelled one stays, for it keeps the next one away for a while. */
  readonly postponed: readonly Postponed[];
  /** By which the help desk lets somebody set a new password; null while there is none. */
  readonly recoveryLink: RecoveryLink | null;
  /** Ids of the notices that were reported, the latest last. */
  readonly reported: readonly string[];
}

/** A new account, before anything has happened to it. */
export function newAccount(
  id: string,
  createdAt: Date,
  given: Partial<
    Pick<
      Account,
      | 'mobile'
      | 'username'
      | 'email'
      | 'displayName'
      | 'locale'
      | 'passwordHash'
      | 'role'
      | 'mobileVerifiedAt'
      | 'emailVerifiedAt'
    >
  >,
): Account {
  return {
    id,
    createdAt,
    mobile: null,
    username: null,
    email: null,
    mobileVerifiedAt: null,
    emailVerifiedAt: null,
    displayName: null,
    avatarUrl: null,
    locale: null,
    role: 'user',
    passwordHash: null,
    credentialVersion: 1,
    lockedAt: null,
    deletedAt: null,
    firstLoginAt: null,
    live: [],
    devices: [],
    tickets: [],
    codes: [],
    mobileAddedAt: given.mobile ? createdAt : null,
    emailAddedAt: given.email ? createdAt : null,
    mobileSince: given.mobileVerifiedAt ?? null,
    emailSince: given.emailVerifiedAt ?? null,
    distrustedSince: null,
    identifiersSetBy: {},
    formerIdentifiers: [],
    formerPassword: null,
    refusedPasswords: [],
    postponed: [],
    recoveryLink: null,
    reported: [],
    ...given,
  };
}

/** Null where none waits. */
export function waitingOf({ postponed }: Account, wanted: Postponed['kind']): Postponed | null {
  return postponed.find(({ kind, cancelledAt }) => kind === wanted && !cancelledAt) ?? null;
}

/** When the account is to be deleted at its holder's wish; null where no such wish waits. */
export function deletionDueAt(account: Account): Date | null {
  return waitingOf(account, 'deletion')?.dueAt ?? null;
}

/** The keys of the identifiers that an account has. */
export function identifierKeys(account: Account): string[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const value = account[kind];
    return value === null ? [] : [identifierKey(kind, value)];
  });
}
