import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainJson, invalidJson } from './json-body.js';
import { UnsupportedMediaTypeError } from './multipart.js';
import { assertUtf8, decodeUtf8 } from './utf8.js';

/** Bytes. */
const BODY_LIMIT = 100 * 1024;

/** What a larger body, which is one long text, may have of what makes members: as many as a body of the usual size could. */
const MAX_STRUCTURE = BODY_LIMIT;
const STRUCTURE = /[,:[{]/g;

/** Takes JSON objects, and an absent or empty body as `{}`; every other content type, and whatever is compressed, is 415. */
export function takeJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (request: FastifyRequest, bytes: Buffer) => {
      assertUtf8(request.headers['content-type']);
      const text = decodeUtf8(bytes);
      if (text.trim() === '') return {};
      if (text.length > BODY_LIMIT && !isSparse(text)) throw invalidJson('The body has too many members.');
      const body = await new Promise<unknown>((resolve, reject) => {
        void parse(request, text, (error, parsed) => (error ? reject(error) : resolve(parsed)));
      });
      assertPlainJson(body);
      return body;
    },
  );
  server.addHook('onRequest', async ({ headers }, reply) => {
    if (/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return;
    reply.header('accept-encoding', 'identity');
    throw new UnsupportedMediaTypeError();
  });
  server.addHook('preValidation', async (request) => {
    request.body ??= {};
  });
}

/** Before it is parsed: ten million members are seconds of parsing. */
function isSparse(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(STRUCTURE)) if (++count > MAX_STRUCTURE) return false;
  return true;
}
