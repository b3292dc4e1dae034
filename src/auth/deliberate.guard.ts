import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/index.js';
import { assertDeliberate } from './cross-origin.js';

/** For a GET that does more than read. */
@Injectable()
export class DeliberateGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    assertDeliberate(context.switchToHttp().getRequest<FastifyRequest>(), this.config);
    return true;
  }
}
