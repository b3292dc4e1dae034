import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CookieJar } from '../../auth/index.js';
import type { ClientContext } from '../../devices/index.js';
import { toUserView, UserView } from '../../users/index.js';
import { isPending, type Login, type PendingLogin } from '../login.service.js';
import { toTicketView, type GivenTicket } from '../given-ticket.js';
import { SessionLimitReachedError } from '../session.errors.js';
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
  constructor(private readonly cookies: CookieJar) {}

  /** What the login comes to. Where it is refused with a ticket, its client gets what it has to show with that. */
  async orRefuse<T>(login: Promise<T>, client: ClientContext, reply: FastifyReply): Promise<T> {
    try {
      return await login;
    } catch (error) {
      if (error instanceof SessionLimitReachedError && error.takeover) this.keepGiven(error.takeover, client, reply);
      throw error;
    }
  }

  give(login: Login | PendingLogin, client: ClientContext, reply: FastifyReply): LoginView | PendingLoginView {
    const { proof } = client;
    if (isPending(login)) {
      this.keepGiven(login, client, reply);
      return toPendingView(login, reply);
    }
    const { token, session, deviceSecret } = login;
    this.cookies.setSession(reply, token, session.expiresAt);
    if (deviceSecret === null || proof.kind === 'vouched') return toLoginView(login);
    if (proof.kind === 'browser') this.cookies.keepDevice(reply, deviceSecret, proof.secrets);
    const isNew = proof.kind === 'native' && !proof.secrets.includes(deviceSecret);
    return { ...toLoginView(login), ...(isNew && { device: { id: session.device.id, secret: deviceSecret } }) };
  }

  private keepGiven({ device }: GivenTicket, { proof }: ClientContext, reply: FastifyReply): void {
    if (device?.keptBy === 'cookie' && proof.kind === 'browser')
      this.cookies.addDevice(reply, device.secret, proof.secrets);
  }
}
