import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CookieJar } from '../../auth/index.js';
import type { ClientContext } from '../../devices/index.js';
import { toUserView, UserView } from '../../users/index.js';
import { isPending, type Login, type PendingLogin } from '../login.service.js';
import { SessionView, toSessionView } from '../session.view.js';

class DeviceCredentialView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: '256 random bits, base64url. Given once.' }) secret!: string;
}

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
}

/** A login that has to wait is no 201. */
export function toPendingView({ ticket, expiresAt }: PendingLogin, reply: FastifyReply): PendingLoginView {
  void reply.status(202);
  return { ticket, expiresAt: expiresAt.toISOString() };
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

  give(login: Login | PendingLogin, { proof }: ClientContext, reply: FastifyReply): LoginView | PendingLoginView {
    if (isPending(login)) return toPendingView(login, reply);
    const { token, session, deviceSecret } = login;
    this.cookies.setSession(reply, token, session.expiresAt);
    if (deviceSecret === null || proof.kind === 'vouched') return toLoginView(login);
    if (proof.kind === 'browser') this.cookies.keepDevice(reply, deviceSecret, proof.secrets);
    const isNew = proof.kind === 'native' && !proof.secrets.includes(deviceSecret);
    return { ...toLoginView(login), ...(isNew && { device: { id: session.device.id, secret: deviceSecret } }) };
  }
}
