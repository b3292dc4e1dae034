/** What went wrong, in the words of the domain; the problem filter alone knows the HTTP status of each kind. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'throttled'
  | 'unavailable';

export interface ErrorOptions {
  /** Further members of the problem document, safe for the caller to see. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Seconds after which a repeat may succeed; becomes `Retry-After`. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * The base of every error that a service throws on purpose.
 * `code` is stable and documented; `message` is safe to show.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    readonly options: ErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
  }
}

/** The store did not answer in time, or not at all. Nobody is let in meanwhile. */
export class StoreUnavailableError extends AppError {
  constructor(cause?: unknown) {
    super('store_unavailable', 'unavailable', 'The store cannot be reached. Try again shortly.', {
      retryAfter: 1,
      cause,
    });
  }
}

/** The store answers, but others were faster until the deadline. Says nothing about those who wait behind. */
export class StoreContendedError extends StoreUnavailableError {}

/** A field of the input breaks a rule that only the domain knows. */
export class InvalidFieldError extends AppError {
  constructor(field: string, message: string) {
    super('validation_failed', 'invalid', message, { details: { errors: [{ field, message }] } });
  }
}
