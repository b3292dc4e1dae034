import { AppError } from '../common/index.js';

export class WebhookNotFoundError extends AppError {
  constructor() {
    super('webhook_not_found', 'missing', 'There is no such webhook.');
  }
}

export class DeliveryNotFoundError extends AppError {
  constructor() {
    super('delivery_not_found', 'missing', 'This webhook has no such dead delivery.');
  }
}
