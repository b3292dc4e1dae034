import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import {
  Accounts,
  holderOf,
  InvalidCredentialsError,
  UserNotFoundError,
  type Actor,
  type EndedSession,
  type Profile,
  type Session,
  type VouchedClient,
} from '../accounts/index.js';
import { AuditLog } from '../audit/index.js';
import { Clock } from '../common/index.js';
import { MAX_USER_AGENT, presentDevice, type ClientContext } from '../devices/index.js';
import type { GivenDevice, GivenTicket } from './given-ticket.js';
import type { LoginAttempt, LoginProof, Takeover } from './login-attempt.js';
import { decideLogin, type LoginResult } from './login.decider.js';
import { Policies } from './policies.service.js';
import { ServiceScopes } from './service-scopes.service.js';
import { InvalidTicketError, SessionLimitReachedError } from './session.errors.js';
import { issueTicket, issueToken } from './session.token.js';

/** Under `approve`: a live device is being asked. */
export interface PendingLogin extends GivenTicket {
  /** Two digits for the waiting device to show. */
  readonly number: number;
}

/** A person who has proved who they are, and the client that they did it from. */
export interface LoginRequest {
  readonly userId: string;
  readonly proof: LoginProof;
  readonly client: ClientContext;
  readonly takeover: Takeover | null;
  /** Name of the service that vouches; null where the person proved it themselves. */
  readonly service: string | null;
}

export interface Login {
  readonly token: string;
  readonly user: Profile;
  readonly session: Session;
  readonly displaced: readonly EndedSession[];
  readonly newDevice: boolean;
  /** What the device keeps: the secret that it has shown, or a fresh one; null where a service names it. */
  readonly deviceSecret: string | null;
}

@Injectable()
export class LoginService {
  constructor(
    private readonly accounts: Accounts,
    private readonly policies: Policies,
    private readonly audit: AuditLog,
    private readonly scopes: ServiceScopes,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a session under the policy in force, or under `approve` asks a live device. Throws `SessionLimitReachedError`
   * where the policy refuses or asks, `ServiceScopeRequiredError`, `InvalidCredentialsError` where what was verified holds no longer.
   */
  async login(request: LoginRequest): Promise<Login | PendingLogin> {
    const { userId, client } = request;
    const now = this.clock.now();
    const sessionId = uuidv7();
    const { token, hash: tokenHash } = issueToken(userId, sessionId);
    const { ticket, hash } = issueTicket(userId);
    const { shown, secretOf } = presentDevice(userId, uuidv7(), client);
    const policyOf = await this.policies.forLogin(userId);
    const actor: Actor =
      request.service === null ? holderOf({ userId, id: sessionId }) : { kind: 'service', name: request.service };
    const attempt: Omit<LoginAttempt, 'policy'> = {
      now,
      actor,
      sessionId,
      tokenHash,
      ip: client.ip,
      userAgent: client.userAgent.slice(0, MAX_USER_AGENT),
      device: shown,
      proof: request.proof,
      ticket: { hash, vouched: asVouched(client, request.service) },
      numbers: drawNumbers(),
      takeover: request.takeover,
      sparesAdmins: this.scopes.sparesAdmins(actor),
    };
    const result = await this.accounts.changeIfThere(userId, (account) =>
      decideLogin(account, { ...attempt, policy: policyOf(account.role) }),
    );
    if (!result) throw unknownTo(request.proof);
    if (!result.admitted) {
      const { asked, inTheWay } = result;
      const given = asked && {
        ticket,
        expiresAt: asked.expiresAt,
        device: asGiven(asked.device.id, secretOf(asked.device), client),
      };
      if (given && asked.to === 'wait') return { ...given, number: attempt.numbers.number };
      await this.recordRefusal(request, attempt);
      throw new SessionLimitReachedError(inTheWay, given);
    }
    return toLogin(result, token, secretOf(result.identified.device));
  }

  /** Each one: their event stands for an hour of them. The asking session never came to be. */
  private async recordRefusal(
    { userId }: LoginRequest,
    { actor, ip, device }: Pick<LoginAttempt, 'actor' | 'ip' | 'device'>,
  ) {
    const by = actor.kind === 'user' ? { ...actor, sessionId: null } : actor;
    const details = { ip, device: { class: device.description.class } };
    await this.audit.record({ type: 'session.refused', actor: by, userId, details });
  }
}

/** Deleted since it was proved: as if there never had been such a person. */
function unknownTo({ kind }: LoginProof): Error {
  if (kind === 'vouched') return new UserNotFoundError();
  return kind === 'ticket' ? new InvalidTicketError() : new InvalidCredentialsError();
}

function toLogin(result: LoginResult & { admitted: true }, token: string, deviceSecret: string | null): Login {
  const { account: user, session, displaced, identified } = result;
  return { token, user, session, displaced, newDevice: identified.firstSeen, deviceSecret };
}

/** Null where the client has shown the secret already, and where there is none. */
function asGiven(id: string, secret: string | null, { proof }: ClientContext): GivenDevice | null {
  if (secret === null || proof.kind === 'vouched' || proof.secrets.includes(secret)) return null;
  return { id, secret, keptBy: proof.kind === 'browser' ? 'cookie' : 'client' };
}

/** Three different numbers of two digits, and which one the waiting device shows. */
function drawNumbers(): LoginAttempt['numbers'] {
  const numbers = new Set<number>();
  while (numbers.size < 3) numbers.add(randomInt(10, 100));
  const drawn = [...numbers];
  return { number: drawn[randomInt(3)]!, numbers: drawn };
}

function asVouched({ proof, userAgent, ip }: ClientContext, service: string | null): VouchedClient | null {
  return proof.kind === 'vouched' && service !== null ? { userAgent, ip, deviceId: proof.deviceId, service } : null;
}

export function isPending(login: Login | PendingLogin): login is PendingLogin {
  return 'ticket' in login;
}
