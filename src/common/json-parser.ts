import type { FastifyInstance } from 'fastify';
import { assertPlainJson } from './json-body.js';

/** Bytes. */
const BODY_LIMIT = 100 * 1024;

/** Takes JSON objects, and an absent or empty body as `{}`; every other content type is 415. */
export function takeJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_LIMIT },
    (request, text, done) => {
      if (text.trim() === '') {
        done(null, {});
        return;
      }
      void parse(request, text, (error, body) => {
        try {
          if (error) throw error;
          assertPlainJson(body);
          done(null, body);
        } catch (fault) {
          done(fault as Error);
        }
      });
    },
  );
  server.addHook('preValidation', async (request) => {
    request.body ??= {};
  });
}
