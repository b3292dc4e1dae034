import { AppError } from '../common/index.js';

/** Nobody locks or demotes themselves, for the last administrator would be gone, and no stolen session makes a link to keep. */
export class OwnAccountError extends AppError {
  constructor() {
    super('own_account', 'conflict', 'Administrators cannot do this to their own account. Let another one do it.');
  }
}
