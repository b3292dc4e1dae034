import { AppError } from '../common/index.js';

/** Nobody locks or demotes themselves: the last administrator would be gone. */
export class OwnAccountError extends AppError {
  constructor() {
    super('own_account', 'conflict', 'Administrators cannot change their own role or lock themselves.');
  }
}
