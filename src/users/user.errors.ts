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

/** Each former name is kept from others for a while: nobody may use up many. */
export class RenameLimitReachedError extends AppError {
  constructor(availableAt: Date) {
    super('rename_limit_reached', 'conflict', 'The username was changed twice in 90 days. See availableAt.', {
      details: { availableAt: availableAt.toISOString() },
    });
  }
}

/** Nobody could ever log in again. */
export class LastIdentifierError extends AppError {
  constructor() {
    super('last_identifier', 'conflict', 'A mobile, a username or an e-mail has to stay on the account.');
  }
}
