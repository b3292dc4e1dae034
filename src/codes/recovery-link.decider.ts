import {
  AccountDraft,
  eventId,
  replacePassword,
  unverifyContacts,
  UserLockedError,
  verifiedContacts,
  type Account,
  type Actor,
  type Decision,
} from '../accounts/index.js';
import { cancelWaiting, endSessions } from '../sessions/index.js';
import { InvalidRecoveryLinkError } from './recovery-link.errors.js';

/** How long a link of the help desk can be used, in ms. */
const LINK_AGE_MS = 86_400_000;

export interface NewRecoveryLink {
  readonly now: Date;
  readonly actor: Actor;
  /** SHA-256, hex, of its secret. */
  readonly hash: string;
}

/** Takes the place of an earlier link that was not used. Throws `UserLockedError`: the link would open nothing. */
export function decideRecoveryLink(
  account: Account,
  { now, actor, hash }: NewRecoveryLink,
): Decision<{ expiresAt: Date }> {
  if (account.lockedAt) throw new UserLockedError();
  const draft = new AccountDraft(account, now, actor);
  const expiresAt = new Date(now.getTime() + LINK_AGE_MS);
  draft.set({ recoveryLink: { hash, expiresAt } });
  draft.emit(eventId('user.recovery_link_made', hash), { type: 'user.recovery_link_made' });
  return draft.commit({ expiresAt });
}

export interface LinkRecovery {
  readonly now: Date;
  readonly hash: string;
  readonly passwordHash: string;
  /** What the device that asks has shown. */
  readonly keyHashes: readonly string[];
}

/** Throws `InvalidRecoveryLinkError` for one that was used, has expired, or was replaced by a newer one, and where the account is locked. */
export function assertUsable({ recoveryLink, lockedAt }: Account, hash: string, now: Date): void {
  if (recoveryLink?.hash !== hash || now >= recoveryLink.expiresAt || lockedAt) throw new InvalidRecoveryLinkError();
}

/**
 * A new password for whoever an administrator has found to be the person. Nobody else has any standing after it: every session ends, every
 * device counts from now, the mobile and the e-mail have to be proved again, former ones go, and nothing waits any more. The device that
 * asks is not blocked any more.
 */
export function decideLinkRecovery(
  account: Account,
  { now, hash, passwordHash, keyHashes }: LinkRecovery,
): Decision<object> {
  assertUsable(account, hash, now);
  const draft = new AccountDraft(account, now, { kind: 'user', userId: account.id, sessionId: null });
  endSessions(draft, { reason: 'password_changed', which: () => true });
  for (const device of draft.account.devices) {
    const asks = keyHashes.includes(device.keyHash);
    draft.takeStanding(asks ? { ...device, blockedAt: null } : device);
  }
  unverifyContacts(draft);
  draft.set(replacePassword(draft.account, passwordHash, now, true));
  cancelWaiting(draft, null);
  const id = eventId('password.changed', account.id, draft.account.credentialVersion);
  draft.emit(id, { type: 'password.changed', by: null, unverified: verifiedContacts(account) });
  return draft.commit({});
}
