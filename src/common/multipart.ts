import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from './app-error.js';
import { RouteFlag } from './route-config.js';

/** For a route that takes `multipart/form-data`; everywhere else that is 415. The handler reads it, after the guards. */
export const TakesForms = () => RouteFlag('takesForms');

/** After `takeJsonOnly`. Nothing is read here, and nothing is ever written to a temporary file. */
export async function takeFormsWhereDeclared(server: FastifyInstance): Promise<void> {
  await server.register(multipart);
  server.addHook('onRoute', (route) => {
    if (route.method === 'GET' || route.method === 'HEAD' || 'takesForms' in (route.config ?? {})) return;
    route.preParsing = (request, _reply, _payload, done) =>
      done(isForm(request) ? new UnsupportedMediaTypeError() : null);
  });
}

export function isForm({ headers }: FastifyRequest): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');
}

export class UnsupportedMediaTypeError extends AppError {
  constructor() {
    super('unsupported_media_type', 'unsupported', 'The body is not of a content type that this call takes.');
  }
}
