import type { Device, DeviceSummary } from './device.js';
import type { Session } from './session.js';

export const ROLES = ['user', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const IDENTIFIER_KINDS = ['mobile', 'username', 'email'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

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
  /** The password that it was got with; null where a service vouched for the person. */
  readonly credentialVersion: number | null;
  /** The end user's client as the service described it; null where the person asked themselves. */
  readonly vouched: VouchedClient | null;
  /** What a live device is asked; null under `ask`. */
  readonly request: LoginRequest | null;
}

/** "May this device come in?" */
export interface LoginRequest {
  readonly id: string;
  readonly device: DeviceSummary;
  readonly ip: string;
  /** Null while nobody has decided. */
  readonly approved: boolean | null;
}

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

export const CONTACT_CHANNELS = ['mobile', 'email'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** A one-time code that was sent. At most one per purpose. */
export interface Code {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly channel: ContactChannel;
  /** Where it was sent: worth nothing once the account's mobile or e-mail is another. */
  readonly contact: string;
  /** Argon2id: six digits would be found out from a fast hash at once. */
  readonly hash: string;
  readonly expiresAt: Date;
  readonly triesLeft: number;
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
  /** Start of the earliest session that was reported: until the password is replaced, it opens a session only from a proven device known before. */
  readonly distrustedSince: Date | null;
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
      'mobile' | 'username' | 'email' | 'displayName' | 'locale' | 'passwordHash' | 'role' | 'emailVerifiedAt'
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
    distrustedSince: null,
    reported: [],
    ...given,
  };
}

/** What makes an identifier unique: `username` and `email` are compared without regard to case. */
export function identifierKey(kind: IdentifierKind, value: string): string {
  return `${kind}:${kind === 'mobile' ? value : value.toLowerCase()}`;
}

/** The keys that an account holds. */
export function identifierKeys(account: Account): string[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const value = account[kind];
    return value === null ? [] : [identifierKey(kind, value)];
  });
}
