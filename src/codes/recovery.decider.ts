import {
  AccountDraft,
  codeHolderOf,
  confirmed,
  CONTACT_CHANNELS,
  dropFormer,
  eventId,
  inOurWords,
  isHeldForSure,
  InvalidCredentialsError,
  outranks,
  putBack,
  replacePassword,
  standingOf,
  summaryOf,
  type Account,
  type ContactChannel,
  type Decision,
  type Holder,
  type Standing,
} from '../accounts/index.js';
import { deviceKnownBy, type PresentedDevice } from '../devices/index.js';
import { cancelWaiting, endSessions } from '../sessions/index.js';

export interface Recovery {
  readonly now: Date;
  /** The code that was right. */
  readonly codeId: string;
  readonly passwordHash: string;
  /** The one that asks. */
  readonly device: PresentedDevice;
  readonly ip: string;
}

/**
 * A new password by a code to a verified channel, or to one that was replaced lately: every session ends, every device but the one that
 * asks loses its standing, unless it has a higher one than the channel, the password is trusted again, and a deletion or an export that
 * waits is cancelled. Channels that were verified later go, and those that stood there before are back in their place.
 * A settled channel outranks every device. A fresh one may be the mailbox of a thief, who would otherwise take the standing of the
 * owner's device, and the earlier password, by verifying it.
 */
export function decideRecovery(account: Account, recovery: Recovery): Decision<object> {
  const { now, codeId, passwordHash, device: asking, ip } = recovery;
  const code = account.codes.find(({ id }) => id === codeId);
  const holder = code?.purpose === 'recover' ? codeHolderOf(account, code, now) : null;
  if (!code || !holder || account.lockedAt) throw new InvalidCredentialsError();
  const by = standingOf(account, holder, now)!;
  const draft = new AccountDraft(account, now, { kind: 'user', userId: account.id, sessionId: null });
  const known = deviceKnownBy(account.devices, asking.keyHashes);
  draft.actWith(higherOf(by, known && standingOf(account, { device: known }, now)));
  endSessions(draft, { reason: 'password_changed', which: () => true });
  for (const device of draft.account.devices) {
    if (asking.keyHashes.includes(device.keyHash)) draft.putDevice(confirmed(account, device, holder, now));
    else if (outranks(by, standingOf(account, { device }, now)!)) draft.takeStanding(device);
  }
  draft.useUpCode(codeId);
  draft.set(replacePassword(draft.account, passwordHash, now, by.settled));
  const restored = [...dropYounger(draft, by), ...bringBack(draft, holder, by)];
  if (restored.length > 0)
    draft.emit(eventId('identifiers.restored', codeId), {
      type: 'identifiers.restored',
      kinds: [...new Set(restored)],
    });
  cancelWaiting(draft, null);
  draft.emit(eventId('password.changed', account.id, draft.account.credentialVersion), {
    type: 'password.changed',
    by: { sessionId: null, device: inOurWords(summaryOf(known ?? asking.description)), ip },
  });
  return draft.commit({});
}

function higherOf(channel: Standing, device: Standing | null): Standing {
  return device && outranks(device, channel) ? device : channel;
}

/** Takes off channels that were verified later, unless they inherited from the one that recovers. Returns which. */
function dropYounger(draft: AccountDraft, { since }: Standing): ContactChannel[] {
  const isYounger = (holder: Holder) => {
    const standing = standingOf(draft.account, holder, draft.now);
    return standing !== null && standing.since > since;
  };
  const younger = CONTACT_CHANNELS.filter((channel) => isYounger({ channel }));
  for (const channel of younger) putBack(draft, channel, null);
  dropFormer(draft, (former) => isYounger({ former }));
  return younger;
}

/**
 * Puts back what stood there before somebody with less standing replaced or removed it: the contact that has recovered the account, and of
 * the other kind the last one that is not younger. What is verified by now stays; nothing younger is left. Returns which.
 */
function bringBack(draft: AccountDraft, holder: Holder, { since }: Standing): ContactChannel[] {
  const { account, now } = draft;
  return CONTACT_CHANNELS.filter((channel) => {
    if (account[`${channel}VerifiedAt`]) return false;
    const [last] = account.formerIdentifiers
      .filter(
        (former) => former.kind === channel && former.since && former.since <= since && isHeldForSure(former, now),
      )
      .sort((a, b) => b.replaced.at.getTime() - a.replaced.at.getTime());
    const before = 'former' in holder && holder.former.kind === channel ? holder.former : last;
    if (before) putBack(draft, channel, before);
    return before !== undefined;
  });
}
