import { Injectable } from '@nestjs/common';
import { IDENTIFIER_KINDS, SYSTEM, type Locale, type Profile, type Session } from '../accounts/index.js';
import { AccountPasswords, ClaimCodes, Reauthentication, type GivenProof, type ProvenContact } from '../auth/index.js';
import type { ClientContext } from '../devices/index.js';
import { Clock } from '../common/index.js';
import { OwnAccount } from '../sessions/index.js';
import { ContactClaims } from './contact-claims.service.js';
import { CreationThrottle } from './creation-throttle.service.js';
import { decidePasswordChange } from './password.decider.js';
import { decideProfileChange } from './profile.decider.js';
import { contactsOf, UsersService } from './users.service.js';

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
    private readonly claimCodes: ClaimCodes,
    private readonly claims: ContactClaims,
    private readonly creations: CreationThrottle,
    private readonly clock: Clock,
  ) {}

  /** Throws `WrongPasswordError`, `InvalidCodeError`, `IdentifierTakenError`, `LastIdentifierError`, `TooManyAttemptsError`, and `FreshProofRequiredError` where a name or a contact changes without a proof. */
  async editProfile(
    session: Session,
    { currentPassword, code, request, ...given }: ProfilePatch,
    client: ClientContext,
  ): Promise<Profile> {
    const { ip } = client;
    const patch = { ...given, ...(typeof given.mobile === 'string' && { mobile: this.users.toMobile(given.mobile) }) };
    const proven = await this.findProven(patch, code, request, ip);
    const proof = await this.reauthentication.prove(
      session,
      proven ? { currentPassword } : { currentPassword, code, request },
      client,
    );
    if (IDENTIFIER_KINDS.some((kind) => typeof patch[kind] === 'string')) await this.creations.spend(ip);
    const claimed = proven && { channel: proven.channel, codeId: proven.requestHash };
    const change = { now: this.clock.now(), sessionId: session.id, proof, claimed, patch };
    const put = () => this.own.change(session, (account) => decideProfileChange(account, change));
    if (!proven) return put();
    const taking = { userId: session.userId, wanted: patch, contacts: [proven], actor: SYSTEM };
    const changed = await this.claims.take(taking, put);
    await this.claimCodes.useUp(proven);
    return changed;
  }

  /** Ends every other session in the same commit. Throws as `editProfile` does, and `InvalidFieldError` for a password that may not be chosen. */
  async changePassword(session: Session, given: GivenProof, newPassword: string, client: ClientContext): Promise<void> {
    const proof = await this.reauthentication.prove(session, given, client);
    // Before the new password is compared with the present one: a stolen session must not try passwords out here.
    if (!proof) this.reauthentication.assertKept(session);
    const passwordHash = await this.passwords.hashNew(await this.users.getById(session.userId), newPassword);
    const change = { now: this.clock.now(), sessionId: session.id, proof, passwordHash };
    await this.own.change(session, (account) => decidePasswordChange(account, change));
  }

  /** The new contact that the code proves; null where it is a proof of the person instead, or where none is given. */
  private async findProven(
    patch: ProfilePatch,
    code: string | undefined,
    request: string | undefined,
    ip: string,
  ): Promise<ProvenContact | null> {
    const contacts = contactsOf(patch);
    if (contacts.length === 0 || code === undefined || request === undefined) return null;
    return this.claimCodes.tryOut(contacts, { code, request }, ip);
  }
}
