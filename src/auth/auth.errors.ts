import { AppError } from '../common/index.js';

export class AdminRequiredError extends AppError {
  constructor() {
    super('admin_required', 'forbidden', 'Only an administrator may do this.');
  }
}

export class ServiceKeyRequiredError extends AppError {
  constructor() {
    super('service_key_required', 'unauthenticated', 'This call needs a service key: Authorization: Service <key>.');
  }
}

export class CrossOriginError extends AppError {
  constructor() {
    super('cross_origin', 'forbidden', 'Requests from another site may not change anything here.');
  }
}

/** The host that a browser asked for may be a stranger's name for our address. */
export class HostNotAllowedError extends AppError {
  constructor() {
    super(
      'host_not_allowed',
      'forbidden',
      'Pages of this host may not change anything here. Whoever runs the service sets PUBLIC_URL or ALLOWED_HOSTS.',
    );
  }
}

export class TooManyAttemptsError extends AppError {
  /** `wait` in ms. */
  constructor(wait: number) {
    super('too_many_attempts', 'throttled', 'Too many failed attempts. Wait before the next.', {
      retryAfter: Math.ceil(wait / 1000),
    });
  }
}

/** Too often, whether it failed or not. */
export class TooManyRequestsError extends AppError {
  /** `wait` in ms. */
  constructor(wait: number) {
    super('too_many_requests', 'throttled', 'This was asked for too often. Wait before the next.', {
      retryAfter: Math.ceil(wait / 1000),
    });
  }
}

/** Too many passwords wait to be hashed, or for their turn at one account. */
export class HashingBusyError extends AppError {
  constructor() {
    super('busy', 'unavailable', 'Too many logins at once. Try again shortly.', { retryAfter: 1 });
  }
}
