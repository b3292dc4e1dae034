import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { validateInput } from '../common/index.js';
import { PasswordLoginDto } from './password.dto.js';
import type { VerifiedPerson } from './password-login.service.js';

/**
 * Verifies the password in the body. Validates the body itself, for guards run before pipes, and passport-local
 * would also take what is no string, or credentials out of the query.
 */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    validateInput(PasswordLoginDto, body);
    return (await super.canActivate(context)) as boolean;
  }
}

/** The person, behind `PasswordGuard`. */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedPerson =>
    context.switchToHttp().getRequest<FastifyRequest & { user: VerifiedPerson }>().user,
);
