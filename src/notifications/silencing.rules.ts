import {
  deviceStandingOf,
  FreshProofRequiredError,
  outranks,
  standingIn,
  standingOf,
  type Account,
  type Session,
} from '../accounts/index.js';
import { OwnNotificationError } from './notification.errors.js';
import type { Notification } from './notification.js';

/** The notices that somebody may mark: those that name no device, and those that warn of a device with a lower standing than theirs. */
export interface Silenceable {
  /** Ids of the account's devices with a lower standing. */
  readonly devices: readonly string[];
  /** Ids of all its devices. A notice about any other device counts as one about a device that came with the notice. */
  readonly known: readonly string[];
  /** Notices about other devices may be marked if they came later than this. */
  readonly after: Date;
}

export function silenceableIn(account: Account, session: Session, now: Date): Silenceable {
  const own = standingIn(account, session, now);
  const devices = account.devices.filter((device) => outranks(own, standingOf(account, { device }, now)!));
  const after = own.kind === 'channel' && own.settled ? new Date(0) : own.since;
  return { devices: devices.map(({ id }) => id), known: account.devices.map(({ id }) => id), after };
}

/** Throws `OwnNotificationError` for a notice about the session's own device, `FreshProofRequiredError` for one about a device of higher standing. */
export function assertMaySilence(account: Account, session: Session, notice: Notification, now: Date): void {
  const { device, createdAt } = notice;
  if (!device || outranks(standingIn(account, session, now), deviceStandingOf(account, device.id, createdAt, now)))
    return;
  if (device.id === session.device.id) throw new OwnNotificationError();
  throw new FreshProofRequiredError(['code', 'settled_device']);
}
