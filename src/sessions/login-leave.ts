import {
  codeHolderOf,
  InvalidCredentialsError,
  isFormerPasswordValid,
  isPasswordTrusted,
  UserLockedError,
  type Account,
  type ProvedBy,
  type Ticket,
  type TicketHolder,
} from '../accounts/index.js';
import type { IdentifiedDevice } from '../devices/index.js';
import type { LoginAttempt } from './login-attempt.js';
import { DeviceBlockedError, InvalidTicketError } from './session.errors.js';

/** What a proof that was right is worth on the account as it stands at the commit. */
export interface Leave {
  readonly by: 'password' | 'code' | 'service';
  /** Null where a service vouched. */
  readonly provedBy: ProvedBy | null;
  /** It was the password before the one in force. */
  readonly former: boolean;
  /** The password in force, where the person proved themselves; null where a service vouched. */
  readonly credentialVersion: number | null;
  /** A live device has agreed, so that the newcomer need not wait. */
  readonly approved: boolean;
  /** Of a ticket: the client that it was given to. */
  readonly holder: TicketHolder | null;
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
      return {
        by: 'password',
        provedBy: 'password',
        former: proof.former ?? false,
        credentialVersion,
        approved: false,
        holder: null,
      };
    case 'code': {
      const code = account.codes.find(({ id }) => id === proof.codeId);
      if (!code || !codeHolderOf(account, code, now)) throw new InvalidCredentialsError();
      return { by: 'code', provedBy: code.channel, former: false, credentialVersion, approved: false, holder: null };
    }
    case 'vouched':
      return { by: 'service', provedBy: null, former: false, credentialVersion: null, approved: false, holder: null };
    case 'ticket': {
      const ticket = account.tickets.find(({ hash }) => hash === takeover?.ticketHash);
      if (!ticket || !isUsable(ticket, account, now)) throw new InvalidTicketError();
      const { provedBy, holder } = ticket;
      const by = ticket.vouched ? 'service' : ticket.credentialVersion === null ? 'code' : 'password';
      const approved = ticket.request?.approved ?? false;
      const version = by === 'service' ? null : credentialVersion;
      return { by, provedBy, former: false, credentialVersion: version, approved, holder };
    }
  }
}

/** Nobody is let in to a locked account, from a blocked device, or with a password that a stranger has shown to know. */
export function assertMayLogIn(account: Account, leave: Leave, { device, proven }: IdentifiedDevice, now: Date): void {
  const { by, former } = leave;
  if (account.lockedAt) throw by === 'service' ? new UserLockedError() : new InvalidCredentialsError();
  if (device.blockedAt && by !== 'code')
    throw by === 'service' ? new DeviceBlockedError() : new InvalidCredentialsError();
  const known = proven ? device : null;
  if (by === 'password' && !isPasswordTrusted(account, known)) throw new InvalidCredentialsError();
  if (former && !isFormerPasswordValid(account, known, now)) throw new InvalidCredentialsError();
}

/** Bound to the password that it was got with, and under `approve` to the consent of a live device. */
function isUsable(ticket: Ticket, account: Account, now: Date): boolean {
  const current = ticket.credentialVersion === null || ticket.credentialVersion === account.credentialVersion;
  return now < ticket.expiresAt && current && ticket.request?.approved !== false && ticket.request?.approved !== null;
}
