import { AppError } from '../common/index.js';

/** Somebody else takes the role away first: so nobody deletes the last administrator. */
export class AdminRoleHeldError extends AppError {
  constructor() {
    super('admin_role_held', 'conflict', 'Administrators cannot delete their account. Let another take the role away.');
  }
}

export class DeletionNotFoundError extends AppError {
  constructor() {
    super('deletion_not_found', 'missing', 'No deletion waits.');
  }
}

/** Nobody could ever log in again. */
export class LastIdentifierError extends AppError {
  constructor() {
    super('last_identifier', 'conflict', 'A mobile, a username or an e-mail has to stay on the account.');
  }
}
