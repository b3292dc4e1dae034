import { AppError } from '../common/index.js';

export class InvalidRecoveryLinkError extends AppError {
  constructor() {
    super('invalid_recovery_link', 'gone', 'This link is not whole, has been used, or is too old. Ask for a new one.');
  }
}
