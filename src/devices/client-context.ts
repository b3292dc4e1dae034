import type { ClientHints } from './device-description.js';

/** What the device shows as proof of itself. */
export type DeviceProof =
  /** A browser: what its device cookie holds, a secret for each account that logged in there; none before the first login. */
  | { readonly kind: 'browser'; readonly secrets: readonly string[] }
  /** A native client: the one secret that it was given; none where it asks for one. */
  | { readonly kind: 'native'; readonly secrets: readonly string[] }
  /** The calling service's own name for the device, null where it has none. */
  | { readonly kind: 'vouched'; readonly deviceId: string | null };

/** The client that a login comes from: as the request shows it, or as a service vouches for it. */
export interface ClientContext {
  readonly ip: string;
  readonly userAgent: string;
  readonly hints: ClientHints | null;
  readonly proof: DeviceProof;
}
