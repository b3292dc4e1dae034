import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { AppError } from './app-error.js';
import { isInherited } from './json-body.js';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** Refuses a body or a query that the route does not take. What it does take, its DTO validates field by field. */
@Injectable()
export class UndeclaredInputGuard implements CanActivate {
  private readonly taken = new WeakMap<Handler, ReadonlySet<number>>();

  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const taken = this.takenBy(context);
    if (isGiven(query) && !taken.has(RouteParamtypes.QUERY)) throw undeclared('query parameters');
    if (Object.keys(query as object).some(isInherited)) throw undeclared('such query parameters');
    if (isGiven(body) && !taken.has(RouteParamtypes.BODY)) throw undeclared('body fields');
    return true;
  }

  private takenBy(context: ExecutionContext): ReadonlySet<number> {
    const handler = context.getHandler();
    let taken = this.taken.get(handler);
    if (!taken) {
      const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as
        object | undefined;
      // Keys read `<kind>:<index>`; those of custom decorators start with random hex digits, so with a kind's number at times.
      const own = Object.keys(parameters ?? {}).filter((key) => /^\d+:\d+$/.test(key));
      taken = new Set(own.map((key) => Number.parseInt(key, 10)));
      this.taken.set(handler, taken);
    }
    return taken;
  }
}

function isGiven(input: unknown): boolean {
  return typeof input === 'object' && input !== null && Object.keys(input).length > 0;
}

function undeclared(what: string): AppError {
  return new AppError('validation_failed', 'invalid', `This call takes no ${what}.`);
}
