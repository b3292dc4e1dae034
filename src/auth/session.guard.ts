import { Injectable, type CanActivate, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthenticationRequiredError, SessionValidator } from '../sessions/index.js';
import { RequestParameter, type AuthenticatedRequest, type Caller } from './caller.js';
import { CookieJar } from './cookie-jar.js';

/** Lets a request pass whose token belongs to a live session. The header wins over the cookie, with no fallback to it. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly validator: SessionValidator,
    private readonly cookies: CookieJar,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.caller = await this.authenticate(request);
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
  return authorization === undefined ? cookies.session(request) : bearerToken(authorization);
}

function bearerToken(authorization: string): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
}
