import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthenticationRequiredError, SessionValidator } from '../sessions/index.js';
import type { AuthenticatedRequest } from './caller.js';
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
    request.caller = await this.validator.getActive(this.tokenOf(request));
    return true;
  }

  private tokenOf(request: FastifyRequest): string {
    const { authorization } = request.headers;
    const token = authorization === undefined ? this.cookies.session(request) : bearerToken(authorization);
    if (!token) throw new AuthenticationRequiredError();
    return token;
  }
}

function bearerToken(authorization: string): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
}
