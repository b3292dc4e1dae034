import type { FastifyRequest } from 'fastify';
import { AppError } from '../common/index.js';
import type { Config } from '../config/index.js';

export class CrossOriginError extends AppError {
  constructor() {
    super('cross_origin', 'forbidden', 'Requests from another site may not change anything here.');
  }
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Another site may not act in a browser's name, nor log it in to an account of the other site's choosing.
 * Throws `CrossOriginError` for an unsafe request that says it comes from elsewhere, unless its origin is allowed and
 * it carries its own `Authorization`, which no browser adds by itself.
 */
export function assertSameOrigin(request: FastifyRequest, config: Config): void {
  if (SAFE_METHODS.includes(request.method)) return;
  const { origin, authorization } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign =
    (origin !== undefined && !isOwn(origin, request, config)) || site === 'cross-site' || site === 'same-site';
  if (!foreign) return;
  const allowed = origin !== undefined && config.corsOrigins.includes(origin) && authorization !== undefined;
  if (!allowed) throw new CrossOriginError();
}

function isOwn(origin: string, request: FastifyRequest, { publicUrl }: Config): boolean {
  if (publicUrl) return origin === publicUrl;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
