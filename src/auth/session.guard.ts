import { Injectable, type CanActivate, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import {
  AuthenticationRequiredError,
  InvalidTokenError,
  SessionEndedError,
  SessionValidator,
} from '../sessions/index.js';
import { RequestParameter, type AuthenticatedRequest, type Caller } from './caller.js';
import { ownScheme } from './authorization.js';
import { CookieJar } from './cookie-jar.js';

/** For a call that ends the session of its cookie: the cookie goes also where that session has ended already. */
export const ClearsDeadCookie = Reflector.createDecorator<true>({ transform: () => true });

/** Lets a request pass whose token belongs to a live session. The header, where its scheme is ours, wins over the cookie, with no fallback to it. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly validator: SessionValidator,
    private readonly cookies: CookieJar,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    try {
      request.caller = await this.authenticate(request);
    } catch (error) {
      const isDead = error instanceof SessionEndedError || error instanceof InvalidTokenError;
      const isByCookie = ownScheme(request.headers.authorization) === null;
      const clears = Reflect.hasMetadata(ClearsDeadCookie.KEY, context.getHandler());
      if (isDead && isByCookie && clears) this.cookies.clearSession(http.getResponse());
      throw error;
    }
    return true;
  }

  /** Throws `AuthenticationRequiredError`, `InvalidTokenError` and `SessionEndedError`. */
  async authenticate(request: FastifyRequest): Promise<Caller> {
    const token = tokenIn(request, this.cookies);
    if (!token) throw new AuthenticationRequiredError();
    return this.validator.getActive(token);
  }
}

@Injectable()
class TokenPipe implements PipeTransform<FastifyRequest, string | null> {
  constructor(private readonly cookies: CookieJar) {}

  transform(request: FastifyRequest): string | null {
    return tokenIn(request, this.cookies);
  }
}

/** The session's token as the guard would read it, not looked at yet; null where there is none: for calls that anybody may make. */
export const TokenIfAny = () => RequestParameter(TokenPipe);

function tokenIn(request: FastifyRequest, cookies: CookieJar): string | null {
  const { authorization } = request.headers;
  return ownScheme(authorization) === null ? cookies.session(request) : bearerToken(authorization!);
}

function bearerToken(authorization: string): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
}
