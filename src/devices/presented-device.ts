import { networkOf, newSecret, sha256 } from '../common/index.js';
import type { ClientContext, DeviceProof } from './client-context.js';
import { describeDevice, deviceSignature } from './device-description.js';
import type { PresentedDevice } from './device-identity.js';

/** Hash of what the device shows, or null where it shows nothing. Secrets and service names cannot stand in for each other. */
export function deviceKeyHash(userId: string, proof: DeviceProof): string | null {
  if (proof.kind === 'vouched') return proof.deviceId === null ? null : keyHash(userId, 'service', proof.deviceId);
  return proof.secret === null ? null : keyHash(userId, 'secret', proof.secret);
}

/** Prepares what `identifyDevice` judges. `secret` is what the device keeps from now on: its own, or a fresh one. */
export function presentDevice(
  userId: string,
  newId: string,
  client: ClientContext,
): { shown: PresentedDevice; secret: string } {
  const described = describeDevice(client.userAgent, client.hints);
  const shownSecret = client.proof.kind === 'vouched' ? null : client.proof.secret;
  const secret = shownSecret ?? newSecret();
  const shown: PresentedDevice = {
    keyHash: deviceKeyHash(userId, client.proof),
    freshKeyHash: keyHash(userId, 'secret', secret),
    description: { id: newId, ...described },
    signature: deviceSignature(described, client.userAgent),
    network: networkOf(client.ip, { v4: 24, v6: 48 }),
  };
  return { shown, secret };
}

function keyHash(userId: string, kind: 'service' | 'secret', key: string): string {
  return sha256([userId, kind, key].join('\0'));
}
