import {
  createParamDecorator,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type PipeTransform,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { sameHash, sha256 } from '../common/index.js';
import { Config, type ServiceScope } from '../config/index.js';
import { ServiceScopes } from '../sessions/index.js';
import { ServiceKeyRequiredError } from './auth.errors.js';
import type { AuthenticatedRequest } from './caller.js';

/** The keys of the backends that may call the service API, compared by hash and in constant time. */
@Injectable()
export class ServiceKeys {
  private readonly keys: readonly { name: string; hash: string }[];

  constructor({ serviceKeys }: Config) {
    this.keys = serviceKeys.map(({ name, key }) => ({ name, hash: sha256(key) }));
  }

  /** The name of the key in the header; null where the header holds none. Throws `ServiceKeyRequiredError` for a wrong one. */
  nameOf(authorization: string | undefined): string | null {
    const key = /^Service +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (!key) return null;
    const hash = sha256(key);
    const [known] = this.keys.filter((candidate) => sameHash(candidate.hash, hash));
    if (!known) throw new ServiceKeyRequiredError();
    return known.name;
  }
}

export const NeededScopes = Reflector.createDecorator<readonly ServiceScope[]>();

/** Lets a service pass whose key has every scope that the call needs. */
@Injectable()
export class ServiceGuard implements CanActivate {
  constructor(
    private readonly keys: ServiceKeys,
    private readonly scopes: ServiceScopes,
    private readonly reflector: Reflector,
  ) {}

  /** Throws `ServiceKeyRequiredError` and `ServiceScopeRequiredError`. */
  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.get(NeededScopes, context.getHandler()) as readonly ServiceScope[] | undefined;
    if (!needed) throw new Error('a call for services needs @NeedsScope()');
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const name = this.keys.nameOf(request.headers.authorization);
    if (!name) throw new ServiceKeyRequiredError();
    for (const scope of needed) this.scopes.assert(name, scope);
    request.service = name;
    return true;
  }
}

@Injectable()
class ServiceKeyPipe implements PipeTransform<ServiceCall, string | null> {
  constructor(
    private readonly keys: ServiceKeys,
    private readonly scopes: ServiceScopes,
  ) {}

  /** Throws `ServiceKeyRequiredError` and `ServiceScopeRequiredError`. */
  transform({ request, scope }: ServiceCall): string | null {
    const name = this.keys.nameOf(request.headers.authorization);
    if (name) this.scopes.assert(name, scope);
    return name;
  }
}

interface ServiceCall {
  readonly request: FastifyRequest;
  readonly scope: ServiceScope;
}

const ServiceCallParameter = createParamDecorator((scope: ServiceScope, context: ExecutionContext): ServiceCall => ({
  request: context.switchToHttp().getRequest<FastifyRequest>(),
  scope,
}));

/** Name of the service key, null where the caller shows none: for calls that anybody may make, a service whose key has that scope with more right. */
export const ServiceIfAny = (scope: ServiceScope) => ServiceCallParameter(scope, ServiceKeyPipe);
