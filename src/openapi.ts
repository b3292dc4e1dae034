import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SECURITY } from './auth/index.js';
import { ProblemView } from './common/index.js';
import type { Config } from './config/index.js';

const DESCRIPTION = `Knows which devices hold a session of an account, and lets in as many as the policy allows.

Errors are problems after RFC 9457: decide by \`code\`. \`docs/reference/errors.md\` in the source lists every code and what it means.
Whatever reaches the store may answer 503 \`store_unavailable\`, and any call 500 \`internal_error\`.`;

/** The contract, read off the controllers: the document at `/openapi.json`, the page at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const document = (): OpenAPIObject => withEarlyProblems(SwaggerModule.createDocument(app, describe(config)));
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Oneseat API',
    swaggerOptions: { withCredentials: true, displayRequestDuration: true },
  });
}

function describe({ secure }: Config): Omit<OpenAPIObject, 'paths'> {
  const cookieName = secure ? '__Host-session' : 'session';
  return new DocumentBuilder()
    .setTitle('Oneseat')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token of a login.' }, SECURITY.bearer)
    .addCookieAuth(cookieName, { type: 'apiKey', in: 'cookie', name: cookieName }, SECURITY.cookie)
    .addSecurity(SECURITY.service, {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: '`Service <key>`, with a key of SERVICE_KEYS.',
    })
    .build();
}

/** What is answered before a controller is asked: 400 to what is not read at all, 414 to an id that is too long. */
function withEarlyProblems(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const takesId = (operation.parameters ?? []).some((parameter) => 'in' in parameter && parameter.in === 'path');
      operation.responses['400'] ??= problem('bad_request, invalid_json or invalid_encoding');
      if (takesId) operation.responses['414'] ??= problem('uri_too_long');
    }
  }
  return document;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function problem(codes: string) {
  const schema = { $ref: getSchemaPath(ProblemView) };
  return { description: codes, content: { 'application/problem+json': { schema } } };
}
