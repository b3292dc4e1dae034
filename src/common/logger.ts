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
    serializers: { err: describeError },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Type, message, stack and causes; not the further members by which drivers attach documents. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error).replaceAll(SECRETS, '[redacted]');
  return {
    type: error.name,
    stack: (error.stack ?? error.message).replaceAll(SECRETS, '[redacted]'),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** Nest tells of each module and route that it wires; that is for debugging. */
const WIRING = ['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'];

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

  /** Nest appends the name of the logger as the last argument. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    if (typeof message === 'string') this.pino[level]({ context }, message);
    else this.pino[level]({ context, ...(message as object) }, typeof rest[0] === 'string' ? rest[0] : '');
  }
}
