import {
  AccountDraft,
  asEndedBy,
  eventId,
  holderOf,
  isFreshlyProved,
  outranks,
  standingIn,
  standingOf,
  type Account,
  type Decision,
  type Device,
} from '../accounts/index.js';
import { endSessions, getLive } from '../sessions/index.js';
import { DeviceNotFoundError } from './device.errors.js';

export interface DeviceEdit {
  readonly now: Date;
  readonly sessionId: string;
  readonly deviceId: string;
}

/** A name that the person gives; the device's live sessions show it from now on. */
export function decideRename(account: Account, edit: DeviceEdit & { readonly name: string }): Decision<RenamedDevice> {
  const session = getLive(account, edit.sessionId, edit.now);
  const device = { ...getDevice(account, edit.deviceId), name: edit.name };
  const draft = new AccountDraft(account, edit.now, holderOf(session));
  draft.putDevice(device);
  for (const live of account.live.filter((other) => other.device.id === device.id)) {
    draft.replaceSession({ ...live, device: { ...live.device, name: edit.name } });
  }
  return draft.commit({ device, account: draft.account });
}

export interface RenamedDevice {
  readonly device: Device;
  readonly account: Account;
}

/**
 * Ends the device's sessions, and forgets it where the device that asks has a higher standing, or is the same one and its holder has
 * proved a moment ago who they are: a stolen token must not cost the device its standing. Its next login is then that of a new device.
 * A blocked one stays, so that it stays blocked.
 */
export function decideForget(account: Account, edit: DeviceEdit): Decision<object> {
  const session = getLive(account, edit.sessionId, edit.now);
  const device = getDevice(account, edit.deviceId);
  const draft = new AccountDraft(account, edit.now, holderOf(session));
  endSessions(draft, {
    reason: 'device_forgotten',
    which: (live) => live.device.id === device.id,
  });
  const isOwn = session.device.id === device.id && isFreshlyProved(session, edit.now);
  const may = isOwn || outranks(standingIn(account, session, edit.now), standingOf(account, { device }, edit.now)!);
  if (may && !device.blockedAt) {
    draft.forgetDevice(device.id);
    draft.emit(eventId('device.forgotten', account.id, device.id, edit.now.getTime()), {
      type: 'device.forgotten',
      deviceId: device.id,
      by: asEndedBy(session),
    });
  }
  return draft.commit({});
}

function getDevice(account: Account, deviceId: string): Device {
  const device = account.devices.find(({ id }) => id === deviceId);
  if (!device) throw new DeviceNotFoundError();
  return device;
}
