import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { FreshProofRequiredError, isVouched } from '../accounts/index.js';
import { AdminRequiredError } from './auth.errors.js';
import type { AuthenticatedRequest } from './caller.js';

/**
 * Behind `SessionGuard`: lets administrators pass. The role is the one in the store now, not the one at login. In a session that a
 * service has opened its holder first has to prove who they are: the service's key may have been stolen.
 */
@Injectable()
export class AdminGuard implements CanActivate {
  /** Throws `AdminRequiredError` and `FreshProofRequiredError`. */
  canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller?.user.role !== 'admin') throw new AdminRequiredError();
    if (isVouched(caller.session)) throw new FreshProofRequiredError(['password', 'code']);
    return true;
  }
}
