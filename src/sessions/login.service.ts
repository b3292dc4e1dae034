import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Accounts, type EndedSession, type Profile, type Session, type VouchedClient } from '../accounts/index.js';
import { Clock } from '../common/index.js';
import { Config } from '../config/index.js';
import { MAX_USER_AGENT, presentDevice, type ClientContext } from '../devices/index.js';
import { decideLogin, type LoginResult, type Takeover } from './login.decider.js';
import { SessionLimitReachedError } from './session.errors.js';
import { issueTicket, issueToken } from './session.token.js';

/** Leave to choose which sessions go, and until when it can be used. */
export interface TicketGrant {
  readonly ticket: string;
  readonly expiresAt: Date;
}

/** A person who has proved who they are, and the client that they did it from. */
export interface LoginRequest {
  readonly userId: string;
  /** The password that was verified; null where a service vouches. */
  readonly credentialVersion: number | null;
  readonly client: ClientContext;
  readonly takeover: Takeover | null;
}

export interface Login {
  readonly token: string;
  readonly user: Profile;
  readonly session: Session;
  readonly displaced: readonly EndedSession[];
  readonly newDevice: boolean;
  /** What a device that showed no secret keeps from now on; null where it has one or a service names it. */
  readonly deviceSecret: string | null;
}

const TICKET_MS = 5 * 60_000;

@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: Accounts,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a session under the policy in force. Throws `SessionLimitReachedError` where the policy refuses or asks,
   * `InvalidCredentialsError` where the password has been changed since it was verified.
   */
  async login(request: LoginRequest): Promise<Login> {
    const { userId, client } = request;
    const now = this.clock.now();
    const sessionId = uuidv7();
    const { token, hash: tokenHash } = issueToken(userId, sessionId);
    const { ticket, hash } = issueTicket(userId);
    const expiresAt = new Date(now.getTime() + TICKET_MS);
    const { shown, secret } = presentDevice(userId, uuidv7(), client);
    const attempt = {
      now,
      sessionId,
      tokenHash,
      ip: client.ip,
      userAgent: client.userAgent.slice(0, MAX_USER_AGENT),
      device: shown,
      credentialVersion: request.credentialVersion,
      policy: this.config.session,
      ticket: { hash, expiresAt, credentialVersion: request.credentialVersion, vouched: asVouched(client) },
      takeover: request.takeover,
    };
    const result = await this.accounts.change(userId, (account) => decideLogin(account, attempt));
    if (!result.admitted)
      throw new SessionLimitReachedError(result.inTheWay, result.asked ? { ticket, expiresAt } : null);
    return toLogin(result, token, client.proof.kind === 'vouched' || shown.keyHash !== null ? null : secret);
  }
}

function toLogin(result: LoginResult & { admitted: true }, token: string, deviceSecret: string | null): Login {
  const { account: user, session, displaced, identified } = result;
  return { token, user, session, displaced, newDevice: identified.firstSeen, deviceSecret };
}

function asVouched({ proof, userAgent, ip }: ClientContext): VouchedClient | null {
  return proof.kind === 'vouched' ? { userAgent, ip, deviceId: proof.deviceId } : null;
}
