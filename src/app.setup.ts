import cookie from '@fastify/cookie';
import type { FastifyCorsOptions, FastifyCorsOptionsDelegateCallback } from '@fastify/cors';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import { assertSameOrigin, Forwarding, SessionGuard } from './auth/index.js';
import {
  admitBeforeLargeBodies,
  Clock,
  createLogger,
  InputPipe,
  NestLogger,
  ProblemFilter,
  answerBrokenRequest,
  answerOptions,
  isPreflight,
  sendEarlyProblem,
  takeFormFieldsWhereDeclared,
  takeFormsWhereDeclared,
  takeJsonOnly,
  UndeclaredInputGuard,
} from './common/index.js';
import type { Config } from './config/index.js';
import { ImageRoom } from './media/index.js';
import { Metrics } from './metrics/index.js';
import { serveOpenApi } from './openapi.js';
import { RealtimeAdapter } from './realtime/index.js';

/** Time that a client has to send a whole request, in ms, and how often it is looked for. */
const REQUEST_TIMEOUT = 30_000;
const REQUEST_CHECKS = 5000;

/** The application, ready to listen: the same for `main.ts` and for the tests. */
export async function createApp(config: Config, clock: Clock = new Clock()): Promise<NestFastifyApplication> {
  const logger = createLogger(config.logLevel);
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    frameworkErrors: sendEarlyProblem,
    clientErrorHandler: answerBrokenRequest,
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT,
    // Node takes the longer of the two for the whole request, and its own limit for the headers is a minute.
    http: { connectionsCheckingInterval: REQUEST_CHECKS, headersTimeout: REQUEST_TIMEOUT },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, clock), adapter, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const server = adapter.getInstance<FastifyInstance>();
  await app.register(helmet, securityHeaders(config));
  await app.register(cookie);
  answerOptions(server);
  if (config.corsOrigins.length > 0) allowOrigins(app, config);
  app.useWebSocketAdapter(new RealtimeAdapter(app));
  takeJsonOnly(server);
  takeFormFieldsWhereDeclared(server);
  await takeFormsWhereDeclared(server);
  admitLargeBodies(server, app.get(SessionGuard), app.get(ImageRoom));
  addHooks(server, config, app.get(Forwarding), app.get(Metrics));
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalGuards(new UndeclaredInputGuard());
  serveOpenApi(app, config);
  return app;
}

function addHooks(server: FastifyInstance, config: Config, forwarding: Forwarding, metrics: Metrics): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Cache-Control', 'no-store');
    assertSameOrigin(request, forwarding.hostOf(request.raw), config);
  });
  // The route's pattern, not the path: a path may hold a mobile number.
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? null;
    metrics.request(route, method, reply.statusCode, reply.elapsedTime / 1000);
    request.log.info({
      method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
  });
}

/** A picture within JSON is in memory three times: as bytes, as text, and by itself. */
function admitLargeBodies(server: FastifyInstance, sessions: SessionGuard, room: ImageRoom): void {
  admitBeforeLargeBodies(server, async (request, bytes) => {
    const { user } = await sessions.authenticate(request);
    return room.take(user.id, 3 * bytes);
  });
}

/** No cookies across origins: another origin shows its own token. */
function allowOrigins(app: NestFastifyApplication, { corsOrigins }: Config): void {
  const rule = {
    origin: [...corsOrigins],
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['X-Request-Id', 'Retry-After', 'WWW-Authenticate', 'Idempotent-Replayed'],
  };
  // Another OPTIONS asks what a path takes, and is answered by `answerOptions`. Nest's type knows no rule by request; its adapter does.
  const byRequest: FastifyCorsOptionsDelegateCallback = (request, decide) =>
    decide(null, { ...rule, preflight: isPreflight(request) });
  app.enableCors(byRequest as FastifyCorsOptions);
}

/** Inline styles are for the page at /docs; scripts come from here or not at all. */
function securityHeaders({ secure }: Config) {
  return {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
  };
}
