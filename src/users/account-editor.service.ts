import { Injectable } from '@nestjs/common';
import { Accounts, type Account, type Profile, type Role, type Session } from '../accounts/index.js';
import { CurrentPassword, PasswordHasher } from '../auth/index.js';
import { Clock, InvalidFieldError } from '../common/index.js';
import { decideAdminEdit } from './admin-edit.decider.js';
import { decidePasswordChange } from './password.decider.js';
import { decideProfileChange } from './profile.decider.js';
import { UsersService } from './users.service.js';

/** What a person changes in their own account. */
export interface ProfilePatch {
  readonly username?: string;
  readonly displayName?: string | null;
  readonly email?: string;
  readonly mobile?: string;
  readonly currentPassword?: string;
}

/** Changes an account that exists. */
@Injectable()
export class AccountEditor {
  constructor(
    private readonly accounts: Accounts,
    private readonly users: UsersService,
    private readonly passwords: CurrentPassword,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** Throws `WrongPasswordError`, `IdentifierTakenError`, and `InvalidFieldError` where a contact changes without password. */
  async editProfile(session: Session, { currentPassword, ...given }: ProfilePatch): Promise<Profile> {
    const patch = { ...given, ...(given.mobile !== undefined && { mobile: this.users.toMobile(given.mobile) }) };
    const contact = patch.mobile ?? patch.email;
    if (contact !== undefined && currentPassword === undefined) {
      throw new InvalidFieldError('currentPassword', 'is needed for a new mobile or email');
    }
    const credentialVersion =
      currentPassword === undefined ? null : await this.passwords.verify(session, currentPassword);
    const change = { now: this.clock.now(), sessionId: session.id, credentialVersion, patch };
    return this.accounts.change(session.userId, (account) => decideProfileChange(account, change));
  }

  /** Ends every other session in the same commit. Throws `WrongPasswordError`. */
  async changePassword(session: Session, currentPassword: string, newPassword: string): Promise<void> {
    const credentialVersion = await this.passwords.verify(session, currentPassword);
    const passwordHash = await this.hasher.hash(newPassword);
    const change = { now: this.clock.now(), sessionId: session.id, credentialVersion, passwordHash };
    await this.accounts.change(session.userId, (account) => decidePasswordChange(account, change));
  }

  /** For administrators. Locking ends every session in the same commit. */
  editAsAdmin(userId: string, edit: { role?: Role; locked?: boolean }): Promise<Account> {
    const now = this.clock.now();
    return this.accounts.change(userId, (account) => decideAdminEdit(account, { now, ...edit }));
  }
}
