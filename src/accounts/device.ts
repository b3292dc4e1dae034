export const DEVICE_CLASSES = ['desktop', 'mobile', 'tablet', 'tv', 'bot', 'other'] as const;
export type DeviceClass = (typeof DEVICE_CLASSES)[number];

/** What a person needs to recognise a device. Copied into each session, so that a forgotten device still has a name there. */
export interface DeviceSummary {
  readonly id: string;
  readonly name: string;
  readonly class: DeviceClass;
  readonly browser: string | null;
  readonly os: string | null;
}

/** A browser or app install that has logged in to the account. */
export interface Device extends DeviceSummary {
  /** SHA-256, hex, of user id and device secret (or the service's device id): what a login must know to be this device. */
  readonly keyHash: string;
  /** Coarse and without versions: class, OS family, browser family. */
  readonly signature: string;
  /** IPv4 /24 or IPv6 /48 of the last login. */
  readonly network: string;
  readonly firstSeenAt: Date;
  /** From when its standing counts: first seen, or when its standing was taken from it. */
  readonly since: Date;
  /** When it last gave a code to a settled channel; null for one that never did. */
  readonly confirmedAt: Date | null;
  readonly lastSeenAt: Date;
  /** When it last showed its secret again after the first login; null for one that never came back. */
  readonly provenAt: Date | null;
  /** Since when it is barred from the account ("this wasn't me"); null for one that is not. */
  readonly blockedAt: Date | null;
}

export function summaryOf({ id, name, class: deviceClass, browser, os }: DeviceSummary): DeviceSummary {
  return { id, name, class: deviceClass, browser, os };
}

/** What a device is called in our words: `Safari on iOS`. `product` is what its user agent calls itself where it is no browser. */
export function deviceNameOf({ browser, os }: Pick<DeviceSummary, 'browser' | 'os'>, product = ''): string {
  if (browser && os) return `${browser} on ${os}`;
  return browser ?? os ?? (product || 'Unknown device');
}

/**
 * The device as others hear of it: not by the name that somebody in its session gave it, which may be a stranger's words with a
 * link in them.
 */
export function inOurWords<D extends DeviceSummary>(device: D): D {
  return { ...device, name: deviceNameOf(device) };
}
