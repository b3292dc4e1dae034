import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { ClientPipe } from './client.decorator.js';
import { PasswordLogin, type VerifiedPerson } from './password-login.service.js';

/** passport-local, asked only behind `CredentialsGuard`, which has seen to it that the credentials are in the body. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy) {
  constructor(
    private readonly logins: PasswordLogin,
    private readonly clients: ClientPipe,
  ) {
    super({ usernameField: 'identifier', passwordField: 'password', session: false, passReqToCallback: true });
  }

  validate(request: FastifyRequest, identifier: string, password: string): Promise<VerifiedPerson> {
    return this.logins.verify(identifier, password, this.clients.transform(request));
  }
}
