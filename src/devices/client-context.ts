import type { ClientHints } from './device-description.js';

/** What the device shows as proof of itself. */
export type DeviceProof =
  /** A browser: the device cookie, null before its first login here. */
  | { readonly kind: 'browser'; readonly secret: string | null }
  /** A native client: the pair that it was given, null where it asks for one. */
  | { readonly kind: 'native'; readonly secret: string | null }
  /** The calling service's own name for the device, null where it has none. */
  | { readonly kind: 'vouched'; readonly deviceId: string | null };

/** The client that a login comes from: as the request shows it, or as a service vouches for it. */
export interface ClientContext {
  readonly ip: string;
  readonly userAgent: string;
  readonly hints: ClientHints | null;
  readonly proof: DeviceProof;
}
