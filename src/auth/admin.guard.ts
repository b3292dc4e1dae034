import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AdminRequiredError } from './auth.errors.js';
import type { AuthenticatedRequest } from './caller.js';

/** Behind `SessionGuard`: lets administrators pass. The role is the one in the store now, not the one at login. */
@Injectable()
export class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller?.user.role !== 'admin') throw new AdminRequiredError();
    return true;
  }
}
