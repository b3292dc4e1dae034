import type { FastifyInstance } from 'fastify';
import { assertPlainJson, invalidJson } from './json-body.js';

/** Bytes. */
const BODY_LIMIT = 100 * 1024;

/** What a larger body, which is one long text, may have of what makes members: as many as a body of the usual size could. */
const MAX_STRUCTURE = BODY_LIMIT;
const STRUCTURE = /[,:[{]/g;

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
      if (text.length > BODY_LIMIT && !isSparse(text)) {
        done(invalidJson('The body has too many members.'));
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

/** Before it is parsed: ten million members are seconds of parsing. */
function isSparse(text: string): boolean {
  let count = 0;
  for (const _ of text.matchAll(STRUCTURE)) if (++count > MAX_STRUCTURE) return false;
  return true;
}
