import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { holderOf, isVouched, type Actor, type Profile, type Session } from '../accounts/index.js';

/** The person and the session that a request was made from. */
export interface Caller {
  readonly user: Profile;
  readonly session: Session;
}

/** The caller as an administrator: behind `AdminGuard`. */
export function asAdmin({ user, session }: Caller): Actor {
  return { kind: 'admin', userId: user.id, sessionId: session.id };
}

export type CallingService = Extract<Actor, { kind: 'service' }>;

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

/** The person or the service that made the request. Behind `ServiceOrSessionGuard`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { caller, service } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (caller) return holderOf(caller.session);
  if (service) return { kind: 'service', name: service };
  throw new Error('@CurrentActor() needs the ServiceOrSessionGuard');
});

/** As `CurrentActor`, but a person with that role is an administrator, unless a service alone vouches for them: for calls that show or do more to one. */
export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { caller, service } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const isAdmin = caller?.user.role === 'admin' && !isVouched(caller.session);
  if (caller) return isAdmin ? asAdmin(caller) : holderOf(caller.session);
  if (service) return { kind: 'service', name: service };
  throw new Error('@CurrentOperator() needs the ServiceOrSessionGuard');
});

/** The calling service, behind `ServiceGuard`. */
export const CurrentService = createParamDecorator((_: unknown, context: ExecutionContext): CallingService => {
  const { service } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!service) throw new Error('@CurrentService() needs the ServiceGuard');
  return { kind: 'service', name: service };
});

/** The request itself, for the pipe that makes a parameter of it. */
export const RequestParameter = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);
