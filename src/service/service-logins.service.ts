import { Injectable } from '@nestjs/common';
import { normalizeAddress } from '../common/index.js';
import { LoginService, type Login, type PendingLogin } from '../sessions/index.js';

/** The end user's client in the calling backend's words. */
export interface DescribedClient {
  readonly userAgent: string;
  /** Any way of writing it. */
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
    { userAgent, ipAddress, deviceId }: DescribedClient,
    service: string,
  ): Promise<Login | PendingLogin> {
    const proof = { kind: 'vouched', deviceId: deviceId ?? null } as const;
    const client = { ip: normalizeAddress(ipAddress), userAgent, hints: null, proof };
    return this.logins.login({ userId, proof: { kind: 'vouched' }, client, takeover: null, service });
  }
}
