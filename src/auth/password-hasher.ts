import { hash, verify, Algorithm } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { Config } from '../config/index.js';
import { HashingBusyError } from './auth.errors.js';

/** Beyond this a login is turned away at once, so that a flood of logins does not starve everything else. */
const MAX_WAITING = 256;

/** Hashes with Argon2id, as many at a time as there are cores. Throws `HashingBusyError` when too many wait. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(availableParallelism());
  private readonly parameters;
  private readonly dummy;

  constructor({ argon2Memory }: Config) {
    this.parameters = { algorithm: Algorithm.Argon2id, memoryCost: argon2Memory, timeCost: 2, parallelism: 1 };
    this.dummy = hash('no password is this one', this.parameters);
  }

  hash(password: string): Promise<string> {
    return this.enqueue(() => hash(normalize(password), this.parameters));
  }

  /** False, after the same time, where there is no hash to verify against. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const against = passwordHash ?? (await this.dummy);
    const matches = await this.enqueue(() => verify(against, normalize(password)));
    return matches && passwordHash !== null;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.limit.pendingCount;
  }

  private enqueue<T>(task: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= MAX_WAITING) throw new HashingBusyError();
    return this.limit(task);
  }
}

/** Keyboards write the same character in different ways (NIST SP 800-63B-4, 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFC');
}
