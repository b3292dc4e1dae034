import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/index.js';
import { assertDeliberate } from './cross-origin.js';
import { Forwarding } from './forwarding.js';

/** For a GET that does more than read. */
@Injectable()
export class DeliberateGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly forwarding: Forwarding,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    assertDeliberate(request, this.forwarding.hostOf(request.raw), this.config);
    return true;
  }
}
