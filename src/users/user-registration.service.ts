import { Injectable } from '@nestjs/common';
import { IdentifierTakenError, type Account } from '../accounts/index.js';
import { addressSubject, Throttle } from '../auth/index.js';
import { UsersService, type NewUser } from './users.service.js';

/** Creation by anybody: who asks about too many taken identifiers is slowed down, for each answer tells who has an account. */
@Injectable()
export class UserRegistration {
  constructor(
    private readonly users: UsersService,
    private readonly throttle: Throttle,
  ) {}

  /** Throws `TooManyAttemptsError`, and what `UsersService.create` throws. */
  async register(given: NewUser, ip: string): Promise<Account> {
    const subject = addressSubject(ip, 'creation');
    await this.throttle.assertFree([subject]);
    try {
      return await this.users.create(given, null);
    } catch (error) {
      if (error instanceof IdentifierTakenError) await this.throttle.fail([subject]);
      throw error;
    }
  }
}
