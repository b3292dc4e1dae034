import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError } from '../common/index.js';
import type { AuthenticatedRequest } from './caller.js';

export class AdminRequiredError extends AppError {
  constructor() {
    super('admin_required', 'forbidden', 'Only an administrator may do this.');
  }
}

/** Behind `SessionGuard`: lets administrators pass. The role is the one in the store now, not the one at login. */
@Injectable()
export class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller?.user.role !== 'admin') throw new AdminRequiredError();
    return true;
  }
}
