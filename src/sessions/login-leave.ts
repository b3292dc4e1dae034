import { InvalidCredentialsError, UserLockedError, type Account, type Device, type Ticket } from '../accounts/index.js';
import type { IdentifiedDevice } from '../devices/index.js';
import type { LoginAttempt } from './login-attempt.js';
import { DeviceBlockedError, InvalidTicketError } from './session.errors.js';

/** What a proof that was right is worth on the account as it stands at the commit. */
export interface Leave {
  readonly by: 'password' | 'code' | 'service';
  /** The password in force, where the person proved themselves; null where a service vouched. */
  readonly credentialVersion: number | null;
  /** A live device has agreed, so that the newcomer need not wait. */
  readonly approved: boolean;
}

/**
 * Throws `InvalidCredentialsError` for a password replaced, or a code used, while it was being verified:
 * it must not outlive its replacement. Throws `InvalidTicketError`.
 */
export function leaveOf(account: Account, { proof, takeover, now }: LoginAttempt): Leave {
  const { credentialVersion } = account;
  switch (proof.kind) {
    case 'password':
      if (proof.credentialVersion !== credentialVersion) throw new InvalidCredentialsError();
      return { by: 'password', credentialVersion, approved: false };
    case 'code':
      if (!account.codes.some(({ id }) => id === proof.codeId)) throw new InvalidCredentialsError();
      return { by: 'code', credentialVersion, approved: false };
    case 'vouched':
      return { by: 'service', credentialVersion: null, approved: false };
    case 'ticket': {
      const ticket = account.tickets.find(({ hash }) => hash === takeover?.ticketHash);
      if (!ticket || !isUsable(ticket, account, now)) throw new InvalidTicketError();
      const by = ticket.vouched ? 'service' : ticket.credentialVersion === null ? 'code' : 'password';
      const approved = ticket.request?.approved ?? false;
      return { by, credentialVersion: by === 'service' ? null : credentialVersion, approved };
    }
  }
}

/**
 * Whether the right password lets somebody in who has proved this device, or none: on a blocked one it never does, and once a
 * stranger is known to have it, only on one known before.
 */
export function isPasswordTrusted({ distrustedSince }: Account, proven: Device | null): boolean {
  if (proven?.blockedAt) return false;
  return distrustedSince === null || (proven !== null && proven.firstSeenAt < distrustedSince);
}

/** Nobody is let in to a locked account, from a blocked device, or with a password that a stranger has shown to know. */
export function assertMayLogIn(account: Account, { by }: Leave, { device, proven }: IdentifiedDevice): void {
  if (account.lockedAt) throw by === 'service' ? new UserLockedError() : new InvalidCredentialsError();
  if (device.blockedAt && by !== 'code')
    throw by === 'service' ? new DeviceBlockedError() : new InvalidCredentialsError();
  if (by === 'password' && !isPasswordTrusted(account, proven ? device : null)) throw new InvalidCredentialsError();
}

/** Bound to the password that it was got with, and under `approve` to the consent of a live device. */
function isUsable(ticket: Ticket, account: Account, now: Date): boolean {
  const current = ticket.credentialVersion === null || ticket.credentialVersion === account.credentialVersion;
  return now < ticket.expiresAt && current && ticket.request?.approved !== false && ticket.request?.approved !== null;
}
