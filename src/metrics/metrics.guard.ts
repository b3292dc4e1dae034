import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError, sameHash, sha256 } from '../common/index.js';
import { Config } from '../config/index.js';

export class MetricsTokenRequiredError extends AppError {
  constructor() {
    super('metrics_token_required', 'unauthenticated', 'The metrics need their token: Authorization: Bearer <token>.');
  }
}

/** Lets anybody pass where no `METRICS_TOKEN` is set. */
@Injectable()
export class MetricsGuard implements CanActivate {
  private readonly hash: string | null;

  constructor({ metricsToken }: Config) {
    this.hash = metricsToken && sha256(metricsToken);
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.hash) return true;
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (!token || !sameHash(sha256(token), this.hash)) throw new MetricsTokenRequiredError();
    return true;
  }
}
