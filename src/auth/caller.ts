import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Profile, Session } from '../accounts/index.js';

/** The person and the session that a request was made from. */
export interface Caller {
  readonly user: Profile;
  readonly session: Session;
}

/** What the guards have found out about a request. */
export interface AuthenticatedRequest extends FastifyRequest {
  caller?: Caller;
  /** Name of the service key that was used. */
  service?: string;
}

/** The caller, behind `SessionGuard`. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('@CurrentSession() needs the SessionGuard');
  return caller;
});

/** The caller where a session made the request, null where a service did. Behind `ServiceOrSessionGuard`. */
export const CallerIfAny = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller | null =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().caller ?? null,
);

/** The request itself, for the pipe that makes a parameter of it. */
export const RequestParameter = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);
