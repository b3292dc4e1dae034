import { Injectable, type CanActivate, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sameHash, sha256 } from '../common/index.js';
import { Config } from '../config/index.js';
import { ServiceKeyRequiredError } from './auth.errors.js';
import { RequestParameter, type AuthenticatedRequest } from './caller.js';

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

@Injectable()
export class ServiceGuard implements CanActivate {
  constructor(private readonly keys: ServiceKeys) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const name = this.keys.nameOf(request.headers.authorization);
    if (!name) throw new ServiceKeyRequiredError();
    request.service = name;
    return true;
  }
}

@Injectable()
class ServiceKeyPipe implements PipeTransform<FastifyRequest, string | null> {
  constructor(private readonly keys: ServiceKeys) {}

  transform({ headers }: FastifyRequest): string | null {
    return this.keys.nameOf(headers.authorization);
  }
}

/** Name of the service key, null where the caller shows none: for calls that anybody may make, a service with more right. */
export const ServiceIfAny = () => RequestParameter(ServiceKeyPipe);
