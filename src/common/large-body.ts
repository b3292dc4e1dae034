import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

const LARGE_BODY = 'largeBody';

/** For a route whose JSON may have that many bytes. Nothing of it is read before its sender was let in. */
export const LargeBody = (bytes: number) => RouteConfig({ [LARGE_BODY]: bytes });

/** After `takeFormsWhereDeclared`. `admit` throws where the caller may not send so much: `bytes` at most. */
export function admitBeforeLargeBodies(
  server: FastifyInstance,
  admit: (request: FastifyRequest, reply: FastifyReply, bytes: number) => Promise<void>,
): void {
  server.addHook('onRoute', (route) => {
    const limit = (route.config as { [LARGE_BODY]?: number } | undefined)?.[LARGE_BODY];
    if (limit === undefined) return;
    route.bodyLimit = limit;
    const admission: preParsingAsyncHookHandler = async (request, reply, payload) => {
      const length = Number(request.headers['content-length'] ?? limit);
      await admit(request, reply, Math.min(length, limit));
      return payload;
    };
    route.preParsing = [route.preParsing ?? [], admission].flat();
  });
}
