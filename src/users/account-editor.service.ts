import { Injectable } from '@nestjs/common';
import type { Profile, Session } from '../accounts/index.js';
import { CurrentPassword, PasswordHasher } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
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

/** What a person may change in their own account. */
@Injectable()
export class AccountEditor {
  constructor(
    private readonly own: OwnAccount,
    private readonly users: UsersService,
    private readonly passwords: CurrentPassword,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /** Throws `WrongPasswordError`, `IdentifierTakenError`, and `InvalidFieldError` where a contact changes without password. */
  async editProfile(session: Session, { currentPassword, ...given }: ProfilePatch): Promise<Profile> {
    const patch = { ...given, ...(given.mobile !== undefined && { mobile: this.users.toMobile(given.mobile) }) };
    const credentialVersion =
      currentPassword === undefined ? null : await this.passwords.verify(session, currentPassword);
    const change = { now: this.clock.now(), sessionId: session.id, credentialVersion, patch };
    return this.own.change(session, (account) => decideProfileChange(account, change));
  }

  /** Ends every other session in the same commit. Throws `WrongPasswordError`. */
  async changePassword(session: Session, currentPassword: string, newPassword: string): Promise<void> {
    const credentialVersion = await this.passwords.verify(session, currentPassword);
    const passwordHash = await this.hasher.hash(newPassword);
    const change = { now: this.clock.now(), sessionId: session.id, credentialVersion, passwordHash };
    await this.own.change(session, (account) => decidePasswordChange(account, change));
  }
}
