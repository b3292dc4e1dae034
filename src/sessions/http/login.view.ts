import { Injectable, Logger } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CookieJar } from '../../auth/index.js';
import type { ClientContext } from '../../devices/index.js';
import { toUserView, UserView } from '../../users/index.js';
import { isPending, type Login, type PendingLogin } from '../login.service.js';
import { toTicketView, type GivenTicket } from '../given-ticket.js';
import { SessionLimitReachedError } from '../session.errors.js';
import { SessionValidator, type Validation } from '../session-validator.service.js';
import { SessionsService } from '../sessions.service.js';
import { DeviceCredentialView } from '../session-problem.view.js';
import { SessionView, toSessionView } from '../session.view.js';

export class LoginView {
  @ApiProperty({ description: 'Stored nowhere: keep it.' }) token!: string;
  @ApiProperty({ enum: ['Bearer'] }) tokenType!: 'Bearer';
  @ApiProperty() user!: UserView;
  @ApiProperty() session!: SessionView;
  @ApiProperty({ type: [SessionView], description: 'The sessions that this login ended.' })
  displaced!: SessionView[];
  @ApiProperty({ description: 'The account has not seen this device before.' }) newDevice!: boolean;
  @ApiPropertyOptional({
    description:
      'For a native client that sent `X-Device-Id: new`, or a secret that the account has not handed out: keep these.',
  })
  device?: DeviceCredentialView;
}

export class PendingLoginView {
  @ApiProperty({ description: 'For POST /v1/login-requests/wait. Use it once.' }) ticket!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiProperty({ description: 'Show it: whoever approves picks it out of three.', example: 42 }) number!: number;
  @ApiPropertyOptional({ description: 'To a native client without one: show it with the ticket, and keep it.' })
  device?: DeviceCredentialView;
}

/** A login that has to wait is no 201. */
export function toPendingView(pending: PendingLogin, reply: FastifyReply): PendingLoginView {
  void reply.status(202);
  return { ...toTicketView(pending), number: pending.number };
}

export function toLoginView({ token, user, session, displaced, newDevice }: Login): LoginView {
  return {
    token,
    tokenType: 'Bearer',
    user: toUserView(user),
    session: toSessionView(session, session.id),
    displaced: displaced.map((ended) => toSessionView(ended, session.id)),
    newDevice,
  };
}

/** Hands a login to the client that made it: the token in body and cookie, the device's secret where that client keeps it. */
@Injectable()
export class LoginAnswer {
  private readonly logger = new Logger(LoginAnswer.name);

  constructor(
    private readonly cookies: CookieJar,
    private readonly validator: SessionValidator,
    private readonly sessions: SessionsService,
  ) {}

  /** What the login comes to. Where it is refused with a ticket, its client gets what it has to show with that. */
  async orRefuse<T>(login: Promise<T>, client: ClientContext, reply: FastifyReply): Promise<T> {
    try {
      return await login;
    } catch (error) {
      if (error instanceof SessionLimitReachedError) {
        await this.clearDead(reply);
        if (error.takeover) this.keepGiven(error.takeover, client, reply);
      }
      throw error;
    }
  }

  async give(
    login: Login | PendingLogin,
    client: ClientContext,
    reply: FastifyReply,
  ): Promise<LoginView | PendingLoginView> {
    const { proof } = client;
    if (isPending(login)) {
      await this.clearDead(reply);
      this.keepGiven(login, client, reply);
      return toPendingView(login, reply);
    }
    const { token, session, deviceSecret } = login;
    await this.leaveOther(login, reply);
    this.cookies.setSession(reply, token, session.expiresAt);
    if (deviceSecret === null || proof.kind === 'vouched') return toLoginView(login);
    if (proof.kind === 'browser') this.cookies.keepDevice(reply, deviceSecret, proof.secrets);
    const isNew = proof.kind === 'native' && !proof.secrets.includes(deviceSecret);
    return { ...toLoginView(login), ...(isNew && { device: { id: session.device.id, secret: deviceSecret } }) };
  }

  /** Nobody has the token of another person's session any more, once its cookie is replaced. The login stands whether or not it can be ended. */
  private async leaveOther({ user }: Login, reply: FastifyReply): Promise<void> {
    try {
      const held = await this.heldBy(reply);
      if (held?.active && held.user.id !== user.id) await this.sessions.logOut(held.session);
    } catch (error) {
      this.logger.warn({ err: error }, 'the session whose cookie a login has replaced was not ended');
    }
  }

  private async clearDead(reply: FastifyReply): Promise<void> {
    const held = await this.heldBy(reply);
    if (held && !held.active) this.cookies.clearSession(reply);
  }

  private async heldBy({ request }: FastifyReply): Promise<Validation | null> {
    const token = this.cookies.session(request);
    return token === null ? null : this.validator.validate(token);
  }

  private keepGiven({ device }: GivenTicket, { proof }: ClientContext, reply: FastifyReply): void {
    if (device?.keptBy === 'cookie' && proof.kind === 'browser')
      this.cookies.addDevice(reply, device.secret, proof.secrets);
  }
}
