import { AppError } from '../common/index.js';

export class MessageNotFoundError extends AppError {
  constructor() {
    super('message_not_found', 'missing', 'There is no such message between the two.');
  }
}

/** A key stands for one message: who sends another under it has a fault. */
export class IdempotencyKeyReusedError extends AppError {
  constructor() {
    super('idempotency_key_reused', 'unprocessable', 'Another message was sent under this idempotency key.');
  }
}

export class TooManyMessagesError extends AppError {
  constructor() {
    super('too_many_messages', 'throttled', 'Too many messages at once. Wait a moment.', { retryAfter: 1 });
  }
}
