import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Whatever might slip into a message: session tokens, takeover tickets, mobile numbers. */
const SECRETS = /\bo[st]t_[\w-]{20,}|\+\d{7,15}\b/g;

const REDACTED = ['authorization', 'cookie', 'password', 'currentPassword', 'newPassword', 'token', 'ticket', 'secret'];

/** Structured lines on stdout. Neither a request's headers, body nor full path is ever handed to it. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    serializers: { err: (error: unknown) => describeError(error) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Causes of causes that are followed. */
const MAX_CAUSES = 5;

/** Type, stack and causes; not the further members by which drivers attach documents. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return scrub(String(error));
  return {
    type: error.name,
    stack: scrub(error.stack ?? error.message),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: describeError(error.cause, depth + 1) }),
  };
}

function scrub(text: string): string {
  return text.replaceAll(SECRETS, '[redacted]');
}

/** Nest tells of each module and route that it wires; that is for debugging. */
const WIRING = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Nest's own lines, and those of `new Logger(name)`, through the same pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log = (message: unknown, ...rest: unknown[]) =>
    this.write(WIRING.includes(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest);

  /** Nest appends the name of the logger as the last argument, and a stack before it. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const [stack] = rest.slice(0, -1).filter((detail) => typeof detail === 'string');
    if (message instanceof Error) this.pino[level]({ context, err: message }, 'error');
    else if (typeof message === 'object') this.pino[level]({ context, ...message }, scrub(stack ?? ''));
    else this.pino[level]({ context, ...(stack && { stack: scrub(stack) }) }, scrub(message as string));
  }
}
