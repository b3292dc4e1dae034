import { Injectable } from '@nestjs/common';
import { IDENTIFIER_KINDS, type Locale, type Profile, type Session } from '../accounts/index.js';
import { AccountPasswords, Reauthentication, type GivenProof } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { CreationThrottle } from './creation-throttle.service.js';
import { decidePasswordChange } from './password.decider.js';
import { decideProfileChange } from './profile.decider.js';
import { UsersService } from './users.service.js';

/** What a person changes in their own account. */
export interface ProfilePatch extends GivenProof {
  readonly username?: string;
  readonly displayName?: string | null;
  /** Null removes it. */
  readonly email?: string | null;
  /** Likewise. */
  readonly mobile?: string | null;
  readonly locale?: Locale | null;
}

/** What a person may change in their own account. */
@Injectable()
export class AccountEditor {
  constructor(
    private readonly own: OwnAccount,
    private readonly users: UsersService,
    private readonly reauthentication: Reauthentication,
    private readonly passwords: AccountPasswords,
    private readonly creations: CreationThrottle,
    private readonly clock: Clock,
  ) {}

  /** Throws `WrongPasswordError`, `InvalidCodeError`, `IdentifierTakenError`, `LastIdentifierError`, `TooManyAttemptsError`, and `FreshProofRequiredError` where a name or a contact changes without a proof. */
  async editProfile(
    session: Session,
    { currentPassword, code, request, ...given }: ProfilePatch,
    ip: string,
  ): Promise<Profile> {
    const patch = { ...given, ...(typeof given.mobile === 'string' && { mobile: this.users.toMobile(given.mobile) }) };
    const proof = await this.reauthentication.prove(session, { currentPassword, code, request });
    if (IDENTIFIER_KINDS.some((kind) => typeof patch[kind] === 'string')) await this.creations.spend(ip);
    const change = { now: this.clock.now(), sessionId: session.id, proof, patch };
    return this.own.change(session, (account) => decideProfileChange(account, change));
  }

  /** Ends every other session in the same commit. Throws as `editProfile` does, and `InvalidFieldError` for a password that may not be chosen. */
  async changePassword(session: Session, given: GivenProof, newPassword: string): Promise<void> {
    const proof = await this.reauthentication.prove(session, given);
    // Before the new password is compared with the present one: a stolen session must not try passwords out here.
    if (!proof) this.reauthentication.assertKept(session);
    const passwordHash = await this.passwords.hashNew(await this.users.getById(session.userId), newPassword);
    const change = { now: this.clock.now(), sessionId: session.id, proof, passwordHash };
    await this.own.change(session, (account) => decidePasswordChange(account, change));
  }
}
