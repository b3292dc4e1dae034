import { Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestParameter } from '../auth/index.js';
import { InvalidFieldError } from '../common/index.js';
import { IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_RULE } from './message.rules.js';

@Injectable()
class IdempotencyKeyPipe implements PipeTransform<FastifyRequest, string | null> {
  transform({ headers }: FastifyRequest): string | null {
    const key = headers['idempotency-key'];
    if (key === undefined) return null;
    // Given twice it is one text with a comma and a space.
    if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key))
      throw new InvalidFieldError('Idempotency-Key', IDEMPOTENCY_KEY_RULE);
    return key;
  }
}

/** The value of `Idempotency-Key`, null where it is absent. */
export const IdempotencyKey = () => RequestParameter(IdempotencyKeyPipe);
