import {
  AccountDraft,
  confirmed,
  eventId,
  InvalidCredentialsError,
  outranks,
  replacePassword,
  standingOf,
  type Account,
  type Decision,
} from '../accounts/index.js';
import { cancelWaiting, endSessions } from '../sessions/index.js';

export interface Recovery {
  readonly now: Date;
  /** The code that was right. */
  readonly codeId: string;
  readonly passwordHash: string;
  /** What the device that asks has shown. */
  readonly keyHashes: readonly string[];
}

/**
 * A new password by a code to a verified channel: every session ends, every device but the one that asks loses its standing, unless
 * it has a higher one than the channel, the password is trusted again, and a deletion or an export that waits is cancelled.
 * A settled channel outranks every device. A fresh one may be the mailbox of a thief, who would otherwise take the standing of the
 * owner's device, and the earlier password, by verifying it.
 */
export function decideRecovery(account: Account, recovery: Recovery): Decision<object> {
  const { now, codeId, passwordHash, keyHashes } = recovery;
  const code = account.codes.find(({ id }) => id === codeId);
  const usable = code?.purpose === 'recover' && account[code.channel] === code.contact && !account.lockedAt;
  if (!code || !usable) throw new InvalidCredentialsError();
  const by = standingOf(account, { channel: code.channel }, now);
  const draft = new AccountDraft(account, now, { kind: 'user', userId: account.id, sessionId: null });
  endSessions(draft, { reason: 'password_changed', which: () => true });
  for (const device of draft.account.devices) {
    if (keyHashes.includes(device.keyHash)) draft.putDevice(confirmed(account, device, code.channel, now));
    else if (by && outranks(by, standingOf(account, { device }, now)!)) draft.takeStanding(device);
  }
  draft.set(replacePassword(draft.account, passwordHash, now, by?.settled ?? false));
  cancelWaiting(draft, null);
  draft.emit(eventId('password.changed', account.id, draft.account.credentialVersion), {
    type: 'password.changed',
    by: null,
  });
  return draft.commit({});
}
