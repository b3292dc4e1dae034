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
  readonly lastSeenAt: Date;
  /** When it last showed its secret again after the first login; null for one that never came back. */
  readonly provenAt: Date | null;
  /** Since when it is barred from the account ("this wasn't me"); null for one that is not. */
  readonly blockedAt: Date | null;
}
