import type { Account, FormerPassword } from './account.js';
import type { Device } from './device.js';
import { FORMER_MS } from './former-identifier.js';
import type { Session } from './session.js';
import { standingOf, type Standing } from './standing.js';

/** Passwords that an account refuses to take again. */
const MAX_REFUSED = 5;

/**
 * Whether the right password lets somebody in who has proved this device, or none: on a blocked one it never does, and once a
 * stranger is known to have it, only on one known before.
 */
export function isPasswordTrusted({ distrustedSince }: Account, proven: Device | null): boolean {
  if (proven?.blockedAt) return false;
  return distrustedSince === null || (proven !== null && proven.since < distrustedSince);
}

/** Whether codes go to a channel, and help: once a stranger is known to have the password, only to one verified before they came. */
export function isChannelTrusted({ distrustedSince }: Account, { since }: Standing): boolean {
  return distrustedSince === null || since < distrustedSince;
}

/** Whether the password before the one in force counts as well: on settled devices, after one without standing has replaced it. */
export function isFormerPasswordValid(account: Account, proven: Device | null, now: Date): boolean {
  const { formerPassword } = account;
  if (!formerPassword || now >= formerPassword.until || !proven) return false;
  return standingOf(account, { device: proven }, now)!.settled;
}

/** The session's device; null where the account has forgotten it. */
export function deviceOf({ devices }: Account, { device: { id } }: Session): Device | null {
  return devices.find((device) => device.id === id) ?? null;
}

/**
 * What a new password sets. `confirmed`: somebody with standing has chosen it, which voids a link of the help desk. Otherwise the earlier one stays good for a while, for the
 * one who chose may be a stranger; a second change in that time does not make it any later.
 */
export function replacePassword(
  account: Account,
  passwordHash: string,
  now: Date,
  confirmed: boolean,
): Partial<Account> {
  const { formerPassword, distrustedSince } = account;
  const earlier = formerPassword && now < formerPassword.until ? formerPassword : formerOf(account, now);
  return {
    passwordHash,
    credentialVersion: account.credentialVersion + 1,
    formerPassword: confirmed ? null : earlier,
    recoveryLink: confirmed ? null : account.recoveryLink,
    refusedPasswords: distrustedSince ? refusing(account, account.passwordHash) : account.refusedPasswords,
    tickets: [],
    distrustedSince: null,
  };
}

/** After a report: the earlier password is in force again, and the one that was chosen in its place is refused from now on. */
export function restorePassword(account: Account, now: Date): Partial<Account> {
  const { formerPassword, passwordHash, credentialVersion } = account;
  if (!formerPassword || now >= formerPassword.until) return {};
  return {
    passwordHash: formerPassword.hash,
    credentialVersion: credentialVersion + 1,
    formerPassword: null,
    refusedPasswords: refusing(account, passwordHash),
  };
}

function formerOf({ passwordHash }: Account, now: Date): FormerPassword | null {
  return passwordHash === null ? null : { hash: passwordHash, until: new Date(now.getTime() + FORMER_MS) };
}

function refusing({ refusedPasswords }: Account, hash: string | null): readonly string[] {
  return hash === null ? refusedPasswords : [...refusedPasswords, hash].slice(-MAX_REFUSED);
}
