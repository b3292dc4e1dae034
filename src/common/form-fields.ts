import { applyDecorators } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainJson } from './json-body.js';
import { AppError } from './app-error.js';
import { UnsupportedMediaTypeError } from './multipart.js';
import { hasFlag, RouteFlag } from './route-config.js';
import { assertUtf8, decodeUtf8, invalidEncoding } from './utf8.js';

const TYPE = 'application/x-www-form-urlencoded';

/** Bytes. */
const BODY_LIMIT = 16 * 1024;

/** For a route whose body may also be the fields of a form, each given once: they are texts, as in JSON. */
export const TakesFormFields = () => applyDecorators(RouteFlag('takesFields'), ApiConsumes('application/json', TYPE));

/** After `takeJsonOnly`. Everywhere else such a body is 415. */
export function takeFormFieldsWhereDeclared(server: FastifyInstance): void {
  const options = { parseAs: 'buffer', bodyLimit: BODY_LIMIT } as const;
  server.addContentTypeParser<Buffer>(TYPE, options, async (request: FastifyRequest, bytes: Buffer) => {
    if (!hasFlag(request, 'takesFields')) throw new UnsupportedMediaTypeError();
    assertUtf8(request.headers['content-type']);
    const pairs = decodeUtf8(bytes).split('&').filter(Boolean).map(readPair);
    const fields = Object.fromEntries(pairs);
    if (Object.keys(fields).length < pairs.length)
      throw new AppError('validation_failed', 'invalid', 'The form has a field twice.');
    assertPlainJson(fields);
    return fields;
  });
}

function readPair(pair: string): [name: string, value: string] {
  const end = pair.indexOf('=');
  return end < 0 ? [decode(pair), ''] : [decode(pair.slice(0, end)), decode(pair.slice(end + 1))];
}

/** Strictly: `URLSearchParams` makes one character of all bytes that are no UTF-8. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    throw invalidEncoding(error);
  }
}
