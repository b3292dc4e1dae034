import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, preParsingAsyncHookHandler } from 'fastify';

const LARGE_BODY = 'largeBody';

/** For a route whose JSON may have that many bytes. Nothing of it is read before its sender was let in. */
export const LargeBody = (bytes: number) => RouteConfig({ [LARGE_BODY]: bytes });

/**
 * After `takeFormsWhereDeclared`. `admit` throws where the caller may not send so much: `bytes` at most. What it returns is called once the
 * request is answered, or its connection gone.
 */
export function admitBeforeLargeBodies(
  server: FastifyInstance,
  admit: (request: FastifyRequest, bytes: number) => Promise<() => void>,
): void {
  server.addHook('onRoute', (route) => {
    const limit = (route.config as { [LARGE_BODY]?: number } | undefined)?.[LARGE_BODY];
    if (limit === undefined) return;
    route.bodyLimit = limit;
    const admission: preParsingAsyncHookHandler = async (request, reply, payload) => {
      const length = Number(request.headers['content-length'] ?? limit);
      whenOver(request, reply, await admit(request, Math.min(length, limit)));
      return payload;
    };
    route.preParsing = [route.preParsing ?? [], admission].flat();
  });
}

/** The answer to a request behind another one on its connection says nothing where the connection goes before its turn. */
function whenOver({ raw: { socket } }: FastifyRequest, { raw: answer }: FastifyReply, leave: () => void): void {
  const over = () => {
    socket.off('close', over);
    answer.off('close', over);
    leave();
  };
  socket.on('close', over);
  answer.on('close', over);
  if (socket.destroyed) over();
}
