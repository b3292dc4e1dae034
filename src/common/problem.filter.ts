import { ArgumentsHost, Catch, ExceptionFilter, HttpException, HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type ErrorKind } from './app-error.js';
import { hasFlag } from './route-config.js';

const STATUS_OF_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  throttled: 429,
  unavailable: 503,
};

/** Codes of the refusals that the framework makes before any of our code runs. */
const CODE_OF_STATUS: Record<number, string> = {
  400: 'bad_request',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  431: 'headers_too_large',
};

/** What is said of an error, over HTTP or a socket. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  details?: Readonly<Record<string, unknown>>;
  retryAfter?: number;
}

/** Writes every error as RFC 9457 problem+json. What is unknown becomes a bare 500 here and a full entry in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(error, host.switchToHttp().getRequest(), host.switchToHttp().getResponse());
  }
}

/** For the few errors that Fastify meets before it has found a route: no hook has run, so the headers are missing. */
export function sendEarlyProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ 'X-Request-Id': request.id, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  sendProblem(error, request, reply);
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error);
  if (problem.status === 500) request.log.error({ err: error }, problem.code);
  // A store out of reach and a full queue are states, not faults of the code.
  else if (problem.status > 500) request.log.warn({ err: error }, problem.code);
  if (problem.status === 401) reply.header('WWW-Authenticate', challenge(problem.code));
  if (problem.retryAfter !== undefined) reply.header('Retry-After', String(problem.retryAfter));
  reply
    .status(problem.status)
    .type('application/problem+json')
    .send({
      type: `urn:oneseat:problem:${problem.code}`,
      title: STATUS_CODES[problem.status] ?? 'Error',
      status: problem.status,
      detail: problem.detail,
      code: problem.code,
      requestId: request.id,
      ...problem.details,
      ...(hasFlag(request, 'isEarlierApi') && inWords(problem)),
    });
}

/** Front ends of the earlier APIs show `message` or `error`, whichever theirs had: the first field's fault, else what is said of the whole. */
function inWords({ detail, details }: Problem): { message: string; error: string } {
  const [fault] = (details?.errors ?? []) as { field: string; message: string }[];
  const message = fault ? `${fault.field} ${fault.message.replace(new RegExp(`^${fault.field} `), '')}` : detail;
  return { message, error: message };
}

/** For what Node's parser refuses before there is a request. The rest of the connection cannot be read, so it closes. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF_PARSER[error.code ?? ''] ?? 400;
  const code = CODE_OF_STATUS[status] ?? 'bad_request';
  const title = STATUS_CODES[status] ?? 'Bad Request';
  const type = `urn:oneseat:problem:${code}`;
  const body = JSON.stringify({ type, title, status, detail: title, code, requestId: randomUUID() });
  const head = `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`;
  if (socket.writable) socket.write(head + body);
  socket.destroy(error);
}

const STATUS_OF_PARSER: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Of an unknown error nothing but that it is ours. */
export function toProblem(error: unknown): Problem {
  if (error instanceof AppError) {
    const { code, message, options } = error;
    return { status: STATUS_OF_KIND[error.kind], code, detail: message, ...options };
  }
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    return { status, code: CODE_OF_STATUS[status] ?? 'bad_request', detail: STATUS_CODES[status] ?? 'Bad request' };
  }
  return { status: 500, code: 'internal_error', detail: 'Something went wrong on our side. The request id finds it.' };
}

/** Nest throws HttpExceptions, Fastify and its plugins errors with a `statusCode`. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : HttpStatus.INTERNAL_SERVER_ERROR;
}

/** RFC 6750, section 3: name the error only where a token was presented. */
function challenge(code: string): string {
  if (code === 'service_key_required') return 'Service';
  const presented = code === 'invalid_token' || code.startsWith('session_');
  return presented ? 'Bearer error="invalid_token"' : 'Bearer';
}
