import { Injectable } from '@nestjs/common';
import { InvalidCodeError, type Account, type Actor, type ContactChannel } from '../accounts/index.js';
import { ClaimCodes } from '../auth/index.js';
import { InvalidFieldError } from '../common/index.js';
import { CreationThrottle } from './creation-throttle.service.js';
import { contactsOf, UsersService, type NewUser } from './users.service.js';

/** What is known of a new person's contacts. */
export type Registration = Omit<NewUser, 'role' | 'verifiedContacts'> & {
  /** That all of them are the person's: a service may say so. */
  readonly verified?: boolean | undefined;
  /** A `claim` code to one of them, and the request that it was sent for. */
  readonly code?: string | undefined;
  readonly request?: string | undefined;
};

/** Creation by anybody, or by a service. */
@Injectable()
export class UserRegistration {
  constructor(
    private readonly users: UsersService,
    private readonly codes: ClaimCodes,
    private readonly throttle: CreationThrottle,
  ) {}

  /** `service` is null for anybody else. Throws `TooManyAttemptsError`, `InvalidCodeError`, and what `UsersService.create` throws. */
  async register(
    { verified, code, request, ...given }: Registration,
    ip: string,
    service: Actor | null = null,
  ): Promise<Account> {
    if (!service) await this.throttle.spend(ip);
    if (code === undefined) {
      const all: ContactChannel[] = verified ? ['mobile', 'email'] : [];
      return this.users.create({ ...given, verifiedContacts: all }, service);
    }
    if (request === undefined) throw new InvalidFieldError('request', 'is needed with the code');
    const contacts = contactsOf({
      ...given,
      ...(given.mobile !== undefined && { mobile: this.users.toMobile(given.mobile) }),
    });
    const proven = await this.codes.tryOut(contacts, { code, request }, ip);
    if (!proven) throw new InvalidCodeError();
    const account = await this.users.create({ ...given, verifiedContacts: [proven.channel] }, service);
    await this.codes.useUp(proven);
    return account;
  }
}
