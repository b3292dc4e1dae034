import { Injectable } from '@nestjs/common';
import type { Profile } from '../accounts/index.js';
import { LoginService, type Login } from '../sessions/index.js';
import { UsersService } from '../users/index.js';
import type { PersonRef } from './service.dto.js';

/** The end user's client in the calling backend's words. */
export interface DescribedClient {
  readonly userAgent: string;
  readonly ipAddress: string;
  readonly deviceId?: string;
}

/** Logins on behalf of people whom the calling backend has authenticated. */
@Injectable()
export class ServiceLogins {
  constructor(
    private readonly users: UsersService,
    private readonly logins: LoginService,
  ) {}

  /** Throws `UserNotFoundError`. */
  find(person: PersonRef): Promise<Profile> {
    return 'id' in person ? this.users.getProfile(person.id) : this.users.getByIdentifier(person.kind, person.value);
  }

  /** Throws `UserNotFoundError`, `UserLockedError` and `SessionLimitReachedError`. */
  async login(userId: string, { userAgent, ipAddress: ip, deviceId }: DescribedClient): Promise<Login> {
    const proof = { kind: 'vouched', deviceId: deviceId ?? null } as const;
    const client = { ip, userAgent, hints: null, proof };
    return this.logins.login({ userId, credentialVersion: null, client, takeover: null });
  }
}
