import type { Device, DeviceSummary, TicketHolder } from '../accounts/index.js';
import { isSignatureOf } from './device-description.js';

/** What a login shows of its device. Hashes are scoped to the user, so that devices of two users cannot be linked. */
export interface PresentedDevice {
  /** Hashes of the presented secrets, or of the service's device id; empty where the device presents nothing. */
  readonly keyHashes: readonly string[];
  /** Describes the device, with the id it gets if it turns out to be new. */
  readonly description: DeviceSummary;
  /** The device's if it turns out to be new: of the secret that is handed out with the answer, or of the service's device id. */
  readonly newKeyHash: string;
  readonly signature: string;
  /** The same client's under an earlier rule: devices stored under that one are recognised, too. */
  readonly formerSignature: string;
  readonly network: string;
}

export interface IdentifiedDevice {
  /** The row as it stands after this login. */
  readonly device: Device;
  /** It showed a secret that this account knows. Only proof replaces a session or passes a throttle. */
  readonly proven: boolean;
  /** Neither proven nor recognised: the person hears of it. */
  readonly firstSeen: boolean;
}

/**
 * A device that presents secrets is judged by them alone: known by one of them, or new. One that presents nothing is recognised by
 * signature and network together; recognition keeps the notice quiet and gives nothing else.
 */
export function identifyDevice(devices: readonly Device[], shown: PresentedDevice, now: Date): IdentifiedDevice {
  const known = deviceKnownBy(devices, shown.keyHashes);
  if (known) return { device: refresh(known, shown, now), proven: true, firstSeen: false };
  const device: Device = {
    ...shown.description,
    keyHash: shown.newKeyHash,
    signature: shown.signature,
    network: shown.network,
    firstSeenAt: now,
    since: now,
    lastSeenAt: now,
    provenAt: null,
    confirmedAt: null,
    blockedAt: null,
  };
  return { device, proven: false, firstSeen: shown.keyHashes.length > 0 || !isRecognised(devices, shown) };
}

/**
 * What the holder of a ticket shows. If its device is new, it has the id and the secret that were handed out with the ticket; showing
 * that secret makes nobody known.
 */
export function shownByHolder(
  devices: readonly Device[],
  shown: PresentedDevice,
  { deviceId, keyHash }: TicketHolder,
): PresentedDevice {
  if (deviceKnownBy(devices, [keyHash])) return shown;
  const keyHashes = shown.keyHashes.filter((other) => other !== keyHash);
  return { ...shown, keyHashes, newKeyHash: keyHash, description: { ...shown.description, id: deviceId } };
}

/** The device that one of the hashes proves; null for none. Of several one that is not blocked, and the oldest. */
export function deviceKnownBy(devices: readonly Device[], keyHashes: readonly string[]): Device | null {
  const known = devices.filter(({ keyHash }) => keyHashes.includes(keyHash));
  known.sort(
    (a, b) =>
      Number(a.blockedAt !== null) - Number(b.blockedAt !== null) || a.firstSeenAt.getTime() - b.firstSeenAt.getTime(),
  );
  return known[0] ?? null;
}

function isRecognised(devices: readonly Device[], shown: PresentedDevice): boolean {
  const signatures = [shown.signature, shown.formerSignature];
  return devices.some(
    ({ blockedAt, signature, network }) =>
      !blockedAt && network === shown.network && isSignatureOf(signature, signatures),
  );
}

/** A browser may have been updated since; the name stays, for the person may have given it. */
function refresh(known: Device, shown: PresentedDevice, now: Date): Device {
  const { class: deviceClass, browser, os } = shown.description;
  const { signature, network } = shown;
  return { ...known, class: deviceClass, browser, os, signature, network, lastSeenAt: now, provenAt: now };
}
