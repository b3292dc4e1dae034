import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './caller.js';
import { Reauthentication } from './reauthentication.service.js';

/** Behind `SessionGuard`: lets a person pass who has proved who they are within the last five minutes. A service passes. */
@Injectable()
export class FreshProofGuard implements CanActivate {
  constructor(private readonly reauthentication: Reauthentication) {}

  /** Throws `FreshProofRequiredError`. */
  canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller) this.reauthentication.assertKept(caller.session);
    return true;
  }
}

/** The same for an administrator alone: for calls that do more where one makes them. */
@Injectable()
export class OperatorProofGuard extends FreshProofGuard {
  override canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    return caller?.user.role !== 'admin' || super.canActivate(context);
  }
}
