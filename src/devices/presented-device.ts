import { networkOf, newSecret, sha256 } from '../common/index.js';
import type { ClientContext, DeviceProof } from './client-context.js';
import { describeDevice, deviceSignature, formerSignature } from './device-description.js';
import type { PresentedDevice } from './device-identity.js';

/** Hashes of what the device shows; none where it shows nothing. Secrets and service names cannot stand in for each other. */
export function deviceKeyHashes(userId: string, proof: DeviceProof): string[] {
  if (proof.kind === 'vouched') return proof.deviceId === null ? [] : [keyHash(userId, 'service', proof.deviceId)];
  return proof.secrets.map((secret) => keyHash(userId, 'secret', secret));
}

/**
 * Prepares what `identifyDevice` judges, and `secretOf`: the secret of the device that it finds, or null for one that a service
 * names. A new device gets a fresh secret whatever it shows: an account takes only secrets that it has handed out itself.
 */
export function presentDevice(
  userId: string,
  newId: string,
  client: ClientContext,
): { shown: PresentedDevice; secretOf: (found: { keyHash: string }) => string | null } {
  const { proof } = client;
  const described = describeDevice(client.userAgent, client.hints);
  const fresh = newSecret();
  const keyHashes = deviceKeyHashes(userId, proof);
  const shown: PresentedDevice = {
    keyHashes,
    newKeyHash: (proof.kind === 'vouched' && keyHashes[0]) || keyHash(userId, 'secret', fresh),
    description: { id: newId, ...described },
    signature: deviceSignature(described, client.userAgent),
    formerSignature: formerSignature(client.userAgent, client.hints),
    network: networkOf(client.ip, { v4: 24, v6: 48 }),
  };
  const secretOf = (found: { keyHash: string }) =>
    proof.kind === 'vouched' ? null : (proof.secrets[keyHashes.indexOf(found.keyHash)] ?? fresh);
  return { shown, secretOf };
}

function keyHash(userId: string, kind: 'service' | 'secret', key: string): string {
  return sha256([userId, kind, key].join('\0'));
}
