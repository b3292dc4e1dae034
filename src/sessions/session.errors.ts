import type { EndedSession, EndedSnapshot, Session } from '../accounts/index.js';
import { AppError } from '../common/index.js';
import type { ServiceScope } from '../config/index.js';
import { toTicketView, type GivenTicket } from './given-ticket.js';
import { endedByView, toDeviceSummary } from './session.view.js';

export class AuthenticationRequiredError extends AppError {
  constructor() {
    super('authentication_required', 'unauthenticated', 'This call needs a session. Log in first.');
  }
}

/** The token never existed, or its secret is wrong: nothing more is said. */
export class InvalidTokenError extends AppError {
  constructor() {
    super('invalid_token', 'unauthenticated', 'This token is not valid.');
  }
}

/** The token shown stays valid, and so do those that it was exchanged for. */
export class RotationLimitError extends AppError {
  constructor() {
    super('rotation_limit_reached', 'conflict', 'Five new tokens wait for their first use. Use the latest, or log in.');
  }
}

/** Said only to the bearer of the session's own token. */
export class SessionEndedError extends AppError {
  constructor(session: EndedSession) {
    super(`session_${session.endReason}`, 'unauthenticated', EXPLANATIONS[session.endReason], {
      details: {
        endedAt: session.endedAt.toISOString(),
        ...(tellsWho(session) && { endedBy: endedByView(session) }),
      },
    });
  }
}

export class InvalidTicketError extends AppError {
  constructor() {
    super(
      'invalid_ticket',
      'unauthenticated',
      'This ticket is unknown, used or expired, or it was given to another client. Show it with the device secret that came with it, or log in again.',
    );
  }
}

/** The password was right, but the policy leaves no place. Under `ask` it carries the ticket that can make one. */
export class SessionLimitReachedError extends AppError {
  constructor(
    readonly inTheWay: readonly Session[],
    readonly takeover: GivenTicket | null,
  ) {
    super('session_limit_reached', 'conflict', 'The account has as many sessions as it may have.', {
      details: {
        sessions: inTheWay.map(({ id, device, createdAt, lastSeenAt }) => ({
          id,
          device: toDeviceSummary(device),
          createdAt: createdAt.toISOString(),
          lastSeenAt: lastSeenAt.toISOString(),
        })),
        ...(takeover && { takeover: toTicketView(takeover) }),
      },
    });
  }
}

/** The number that was picked is not the one that the waiting device shows: it may be somebody else's login. */
export class WrongNumberError extends AppError {
  constructor() {
    super('wrong_number', 'forbidden', 'The waiting device shows another number. Its login has been denied.');
  }
}

export class LoginRequestNotFoundError extends AppError {
  constructor() {
    super('login_request_not_found', 'missing', 'There is no such login request, or it has expired.');
  }
}

export class LoginRequestDecidedError extends AppError {
  constructor() {
    super('login_request_decided', 'conflict', 'This login request has been answered.');
  }
}

export class LoginDeniedError extends AppError {
  constructor() {
    super('login_denied', 'forbidden', 'The account holder did not let this device in.');
  }
}

export class LoginRequestExpiredError extends AppError {
  constructor() {
    super('login_request_expired', 'gone', 'Nobody has answered in time. Log in again.');
  }
}

/** Somebody has said of this device that it is not theirs. */
export class DeviceBlockedError extends AppError {
  constructor() {
    super('device_blocked', 'forbidden', 'The person has reported this device; they can let it in by a code.');
  }
}

/** Of another backend: its key may not do this. */
export class ServiceScopeRequiredError extends AppError {
  constructor(scope: ServiceScope) {
    super('service_scope_required', 'forbidden', `This service key lacks the scope "${scope}".`, {
      details: { scope },
    });
  }
}

export class SessionNotFoundError extends AppError {
  constructor() {
    super('session_not_found', 'missing', 'There is no such session.');
  }
}

/** The bearer of an ended session learns by whom only where a newcomer or the account holder took it from them. */
export function tellsWho({ endReason, endedBy }: EndedSnapshot): boolean {
  return endedBy !== null && (endReason === 'displaced' || endReason === 'reported');
}

const EXPLANATIONS: Record<EndedSession['endReason'], string> = {
  logged_out: 'This session was logged out.',
  displaced: 'A newer login took the place of this session.',
  revoked: 'This session was ended from another session of the account.',
  reported: 'This session was reported as not being the account holder.',
  revoked_by_admin: 'An administrator ended this session.',
  revoked_by_service: 'The service ended this session.',
  idle_timeout: 'This session was unused for too long.',
  expired: 'This session reached its maximum age.',
  password_changed: 'The password was changed; log in with the new one.',
  device_forgotten: 'The device of this session was forgotten.',
  token_reused: 'A token of this session was used after another one had replaced it. It may have been stolen.',
  user_locked: 'The account was locked.',
  user_deleted: 'The account was deleted.',
};
