import { Injectable } from '@nestjs/common';
import { hourlySubject, Throttle } from '../auth/index.js';
import { Config } from '../config/index.js';

/**
 * Whoever asks for an identifier learns whether it is taken. What succeeds counts as well: a name that was free is an answer, too. One
 * count for accounts and for new identifiers of accounts, so that neither is the way around the other.
 */
@Injectable()
export class CreationThrottle {
  constructor(
    private readonly throttle: Throttle,
    private readonly config: Config,
  ) {}

  /** Throws `TooManyAttemptsError` for more than `CREATIONS_PER_ADDRESS` within an hour. */
  spend(ip: string): Promise<void> {
    return this.throttle.spend([hourlySubject(ip, 'creation', this.config.creationsPerAddress)]);
  }
}
