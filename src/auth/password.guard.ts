import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { validateInput } from '../common/index.js';
import { ClientPipe } from './client.decorator.js';
import { CodeLogin } from './code-login.service.js';
import { CodeLoginDto, PasswordLoginDto } from './password.dto.js';
import type { VerifiedPerson } from './password-login.service.js';

/**
 * Verifies the password in the body, or the code. Validates the body itself, for guards run before pipes, and
 * passport-local would also take what is no string, or credentials out of the query.
 */
@Injectable()
export class CredentialsGuard extends AuthGuard('local') {
  constructor(
    private readonly codes: CodeLogin,
    private readonly clients: ClientPipe,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: VerifiedPerson }>();
    const { body } = request;
    if (typeof body !== 'object' || body === null || !('code' in body)) {
      validateInput(PasswordLoginDto, body);
      return (await super.canActivate(context)) as boolean;
    }
    const { identifier, ...given } = validateInput(CodeLoginDto, body);
    request.user = await this.codes.verify(identifier, given, 'login', this.clients.transform(request));
    return true;
  }
}

/** The person, behind `CredentialsGuard`. */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedPerson =>
    context.switchToHttp().getRequest<FastifyRequest & { user: VerifiedPerson }>().user,
);
