import { AppError } from '../common/index.js';
import type { IdentifierKind } from './identifier.js';

export class IdentifierTakenError extends AppError {
  constructor(readonly kindTaken: IdentifierKind) {
    super(`${kindTaken}_taken`, 'conflict', `Another account has this ${kindTaken}.`, {
      details: { errors: [{ field: kindTaken, message: 'is taken' }] },
    });
  }
}

export class UserNotFoundError extends AppError {
  constructor() {
    super('user_not_found', 'missing', 'There is no such user.');
  }
}

export class UserLockedError extends AppError {
  constructor() {
    super('user_locked', 'forbidden', 'This account is locked.');
  }
}

/** To somebody who holds a session: nothing is hidden from them. */
export class WrongPasswordError extends AppError {
  constructor() {
    super('wrong_password', 'forbidden', 'The current password is wrong.');
  }
}

/** One answer for a wrong password, an unknown or locked user and a password replaced meanwhile: it tells nothing apart. */
export class InvalidCredentialsError extends AppError {
  constructor() {
    super('invalid_credentials', 'unauthenticated', 'Identifier or password is wrong.');
  }
}

/** Wrong, used up, expired, or never sent: it tells nothing apart. */
export class InvalidCodeError extends AppError {
  constructor() {
    super('invalid_code', 'forbidden', 'This code is wrong, used up or expired. Ask for a new one.');
  }
}

/** What may take the place of a fresh proof: the password, a code, or the same call from a device of longer standing. */
export type AcceptedProof = 'password' | 'code' | 'settled_device';

/** The session may be stolen, or its device may have less standing than what it acts on. */
export class FreshProofRequiredError extends AppError {
  constructor(accepts: readonly AcceptedProof[]) {
    super('fresh_proof_required', 'forbidden', 'Prove once more who you are: POST /v1/sessions/current/proof.', {
      details: { accepts },
    });
  }
}
