import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SECURITY } from './auth/index.js';
import type { Config } from './config/index.js';

const DESCRIPTION = `Knows which devices hold a session of an account, and lets in as many as the policy allows.

Errors are problems after RFC 9457: decide by \`code\`. \`docs/reference/errors.md\` in the source lists every code and what it means.
Whatever reaches the store may answer 503 \`store_unavailable\`, and any call 500 \`internal_error\`.`;

/** The contract, read off the controllers: the document at `/openapi.json`, the page at `/docs`. */
export function serveOpenApi(app: NestFastifyApplication, config: Config): void {
  const document = (): OpenAPIObject => SwaggerModule.createDocument(app, describe(config));
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
