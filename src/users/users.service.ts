import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  Accounts,
  assertTextable,
  AccountStore,
  eventId,
  hasIdentifier,
  isOwnIdentifier,
  newAccount,
  parseMobile,
  readIdentifier,
  SYSTEM,
  UserNotFoundError,
  type Account,
  type Actor,
  type ContactChannel,
  type IdentifierKind,
  type Locale,
  type Role,
} from '../accounts/index.js';
import type { Contact } from '../auth/index.js';
import { Clock, InvalidFieldError } from '../common/index.js';
import { Config } from '../config/index.js';
import { PasswordHasher } from '../auth/index.js';
import { decideAdminEdit } from './admin-edit.decider.js';
import { ContactClaims } from './contact-claims.service.js';

/** Identifiers as people give them: a mobile in E.164 or national form. */
export interface NewUser {
  readonly mobile?: string | undefined;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly displayName?: string | undefined;
  readonly locale?: Locale | null | undefined;
  readonly role?: Role | undefined;
  /** Which of the contacts are known to be the person's. */
  readonly verifiedContacts?: readonly ContactChannel[] | undefined;
}

/** The mobile, in the form that it has there, and the e-mail that are given. */
export function contactsOf({ mobile, email }: { mobile?: string | null; email?: string | null }): Contact[] {
  return [
    ...(mobile ? [{ channel: 'mobile', value: mobile } as const] : []),
    ...(email ? [{ channel: 'email', value: email } as const] : []),
  ];
}

/** Which person is meant. */
export type PersonRef = { readonly id: string } | { readonly kind: IdentifierKind; readonly value: string };

/** Creates people, looks them up, and edits them for administrators. */
@Injectable()
export class UsersService {
  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly hasher: PasswordHasher,
    private readonly claims: ContactClaims,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * `by` is null where the person creates the account themselves.
   * Throws `IdentifierTakenError`, and `InvalidFieldError` for a mobile that is none, for a password that is one of the identifiers, or
   * where no identifier is given.
   */
  async create(given: NewUser, by: Actor | null): Promise<Account> {
    const {
      username = null,
      email = null,
      displayName = null,
      locale = null,
      role = 'user',
      verifiedContacts = [],
    } = given;
    const mobile = given.mobile === undefined ? null : this.toMobile(given.mobile);
    if (mobile !== null) assertTextable('mobile', mobile);
    if (!mobile && !username && !email) throw new InvalidFieldError('mobile', 'give a mobile, a username or an email');
    if (given.password !== undefined && isOwnIdentifier(given.password, { mobile, username, email }))
      throw new InvalidFieldError('password', 'must not be the mobile, the username or the e-mail');
    const passwordHash = given.password === undefined ? null : await this.hasher.hash(given.password);
    const now = this.clock.now();
    const account = newAccount(uuidv7(), now, {
      ...{ mobile, username, email, displayName, locale, role, passwordHash },
      mobileVerifiedAt: mobile !== null && verifiedContacts.includes('mobile') ? now : null,
      emailVerifiedAt: email !== null && verifiedContacts.includes('email') ? now : null,
    });
    const created = {
      id: eventId('user.created', account.id),
      type: 'user.created',
      userId: account.id,
      at: now,
      actor: by ?? { kind: 'user', userId: account.id, sessionId: null },
    } as const;
    const proven = contactsOf(account).filter(({ channel }) => verifiedContacts.includes(channel));
    const taking = { userId: account.id, wanted: account, contacts: proven, actor: by ?? SYSTEM };
    await this.claims.take(taking, () => this.accounts.create(account, [created]));
    return account;
  }

  /** Throws `UserNotFoundError`. */
  get(person: PersonRef): Promise<Account> {
    return 'id' in person ? this.getById(person.id) : this.getByIdentifier(person.kind, person.value);
  }

  /** Throws `UserNotFoundError`, for a deleted user too. */
  async getById(userId: string): Promise<Account> {
    return existing(await this.store.find(userId));
  }

  /** Throws `UserNotFoundError`. A mobile may be in national form; what is no mobile at all belongs to nobody. */
  async getByIdentifier(kind: IdentifierKind, given: string): Promise<Account> {
    const value = readIdentifier(kind, given, this.config.phoneRegion);
    const found = value === null ? null : await this.store.findByIdentifier(kind, value);
    return existing(found && value !== null && hasIdentifier(found, kind, value) ? found : null);
  }

  /** For administrators. Locking ends every session in the same commit. */
  editAsAdmin(userId: string, edit: { role?: Role; locked?: boolean }, actor: Actor): Promise<Account> {
    const request = { id: uuidv7(), now: this.clock.now(), actor, ...edit };
    return this.accounts.change(userId, (account) => decideAdminEdit(account, request));
  }

  /** E.164. Throws `InvalidFieldError`. */
  toMobile(given: string): string {
    const mobile = parseMobile(given, this.config.phoneRegion);
    if (!mobile) throw new InvalidFieldError('mobile', 'must be a whole, valid phone number without extension');
    return mobile;
  }
}

function existing(account: Account | null): Account {
  if (!account || account.deletedAt) throw new UserNotFoundError();
  return account;
}
