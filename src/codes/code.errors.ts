import { AppError } from '../common/index.js';

/** Wrong, used up, expired, or never sent: it tells nothing apart. */
export class InvalidCodeError extends AppError {
  constructor() {
    super('invalid_code', 'forbidden', 'This code is wrong, used up or expired. Ask for a new one.');
  }
}
