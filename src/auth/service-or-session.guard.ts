import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ownScheme } from './authorization.js';
import type { AuthenticatedRequest } from './caller.js';
import { ServiceGuard } from './service.guard.js';
import { SessionGuard } from './session.guard.js';

/** For the earlier APIs, where one call serves the person and other backends alike. */
@Injectable()
export class ServiceOrSessionGuard implements CanActivate {
  constructor(
    private readonly service: ServiceGuard,
    private readonly session: SessionGuard,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { authorization } = context.switchToHttp().getRequest<AuthenticatedRequest>().headers;
    const guard = ownScheme(authorization) === 'service' ? this.service : this.session;
    return guard.canActivate(context);
  }
}
