import type { Account } from './account.js';
import { isStillGood, type FormerIdentifier } from './former-identifier.js';
import type { Device } from './device.js';
import type { ContactChannel, Session } from './session.js';

/** A day, in ms. */
const DAY = 86_400_000;

/** After this time a device that came back, or a verified channel, is settled. */
const SETTLING_MS = 7 * DAY;

/** A device that has not proved itself for so long has to settle again. */
const FADING_MS = 90 * DAY;

/** For how long a proof may stand in for a new one, in ms. */
export const PROOF_AGE_MS = 5 * 60_000;

/** Who acts, or is acted on: a device, a verified mobile or e-mail, a former one, or somebody who is no device of the account. */
export type Holder =
  | { readonly device: Device }
  | { readonly channel: ContactChannel }
  | { readonly former: FormerIdentifier }
  | { readonly newcomerAt: Date };

/** How much weight somebody has on an account against the others that act on it. */
export interface Standing {
  readonly kind: 'device' | 'channel';
  readonly settled: boolean;
  /** The older one wins. */
  readonly since: Date;
}

/**
 * The standing of a device or a channel at `now`. Null for a channel that is not verified, and for a former one that is so no longer.
 *
 * A device is settled if it is the account's first, if it has given a code to a settled channel, or if it has proved itself at
 * least 7 days after it was first seen and within the last 90. A channel is settled 7 days after it was verified; one that was
 * added with a code to an older channel counts from when that one did.
 */
export function standingOf(account: Account, holder: Holder, now: Date): Standing | null {
  if ('newcomerAt' in holder) return { kind: 'device', settled: false, since: holder.newcomerAt };
  if ('device' in holder) {
    const { device } = holder;
    return { kind: 'device', settled: isDeviceSettled(account, device, now), since: device.since };
  }
  const since = 'former' in holder ? formerSince(holder.former, now) : channelSince(account, holder.channel);
  return since && { kind: 'channel', settled: now.getTime() - since.getTime() >= SETTLING_MS, since };
}

/** A settled channel outranks every device. Otherwise, and among settled channels, the older one outranks the younger. */
export function outranks(one: Standing, other: Standing): boolean {
  if (isPreeminent(one) !== isPreeminent(other)) return isPreeminent(one);
  return one.since < other.since;
}

/** The highest that the holder of the session can claim at `now`: their device's, or that of a channel whose code they have given a moment ago. */
export function standingIn(account: Account, session: Session, now: Date): Standing {
  const device = deviceStandingOf(account, session.device.id, session.createdAt, now);
  const channel = freshChannelOf(account, session, now);
  const proved = channel && standingOf(account, { channel }, now);
  return proved && outranks(proved, device) ? proved : device;
}

/** Whether the holder of the session may do at once what waits for others: on a settled device, or by a fresh code to a settled channel. */
export function isSettledIn(account: Account, session: Session, now: Date): boolean {
  const device = deviceStandingOf(account, session.device.id, session.createdAt, now);
  return device.settled || standingIn(account, session, now).settled;
}

/** Of a device that the account may have forgotten, or never let in: then it counts as one that came at `seenAt`. */
export function deviceStandingOf(account: Account, deviceId: string | null, seenAt: Date, now: Date): Standing {
  const device = account.devices.find(({ id }) => id === deviceId);
  return standingOf(account, device ? { device } : { newcomerAt: seenAt }, now)!;
}

/** The device, once it has given a code to that channel. */
export function confirmed(account: Account, device: Device, channel: Holder, now: Date): Device {
  return standingOf(account, channel, now)?.settled ? { ...device, confirmedAt: now } : device;
}

/** Whether the holder of the session has proved who they are less than five minutes ago. */
export function isFreshlyProved({ provedAt }: Session, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < PROOF_AGE_MS;
}

/** The channel whose code was given in the session; null where it has another contact by now. */
export function provedChannelOf(account: Account, { provedAt, provedBy }: Session): ContactChannel | null {
  if (!provedAt || provedBy === null || provedBy === 'password') return null;
  const addedAt = account[`${provedBy}AddedAt`];
  return addedAt && addedAt <= provedAt ? provedBy : null;
}

/** As `provedChannelOf`, of a code that was given less than five minutes ago. */
export function freshChannelOf(account: Account, session: Session, now: Date): ContactChannel | null {
  return isFreshlyProved(session, now) ? provedChannelOf(account, session) : null;
}

/** As `standingOf` says of it. */
export function isDeviceSettled({ firstLoginAt }: Account, device: Device, now: Date): boolean {
  const { firstSeenAt, since, provenAt, confirmedAt, blockedAt } = device;
  if (blockedAt) return false;
  if (confirmedAt) return true;
  const hasLostStanding = since > firstSeenAt;
  if (!hasLostStanding && firstLoginAt?.getTime() === firstSeenAt.getTime()) return true;
  if (!provenAt) return false;
  const [held, unseen] = [provenAt.getTime() - since.getTime(), now.getTime() - provenAt.getTime()];
  return held >= SETTLING_MS && unseen <= FADING_MS;
}

function channelSince(account: Account, channel: ContactChannel): Date | null {
  const verifiedAt = account[`${channel}VerifiedAt`];
  return verifiedAt && (account[`${channel}Since`] ?? verifiedAt);
}

function formerSince(former: FormerIdentifier, now: Date): Date | null {
  return isStillGood(former, now) ? former.since : null;
}

function isPreeminent({ kind, settled }: Standing): boolean {
  return kind === 'channel' && settled;
}
