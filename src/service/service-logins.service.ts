import { Injectable } from '@nestjs/common';
import { LoginService, type Login, type PendingLogin } from '../sessions/index.js';

/** The end user's client in the calling backend's words. */
export interface DescribedClient {
  readonly userAgent: string;
  /** Stored as it is given. */
  readonly ipAddress: string;
  readonly deviceId?: string;
}

/** Logins on behalf of people whom the calling backend has authenticated. */
@Injectable()
export class ServiceLogins {
  constructor(private readonly logins: LoginService) {}

  /** Throws `UserNotFoundError`, `UserLockedError` and `SessionLimitReachedError`. */
  async login(
    userId: string,
    { userAgent, ipAddress: ip, deviceId }: DescribedClient,
    service: string,
  ): Promise<Login | PendingLogin> {
    const proof = { kind: 'vouched', deviceId: deviceId ?? null } as const;
    const client = { ip, userAgent, hints: null, proof };
    return this.logins.login({ userId, proof: { kind: 'vouched' }, client, takeover: null, service });
  }
}
