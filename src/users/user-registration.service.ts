import { Injectable } from '@nestjs/common';
import type { Account } from '../accounts/index.js';
import { CreationThrottle } from './creation-throttle.service.js';
import { UsersService, type NewUser } from './users.service.js';

/** Creation by anybody. */
@Injectable()
export class UserRegistration {
  constructor(
    private readonly users: UsersService,
    private readonly throttle: CreationThrottle,
  ) {}

  /** Throws `TooManyAttemptsError`, and what `UsersService.create` throws. */
  async register(given: NewUser, ip: string): Promise<Account> {
    await this.throttle.spend(ip);
    return this.users.create(given, null);
  }
}
