import ipaddr from 'ipaddr.js';
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** The name or address leads into the operator's own network, where a webhook could reach what the public cannot. */
export class ForbiddenAddressError extends Error {
  readonly code = 'address_not_allowed';
}

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Whether the address is one of the public internet. IPv4 in an IPv6 dress counts as what it is. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}

/** The host of a URL where it is an address and not a name. `URL` has made 127.0.0.1 of 2130706433 and 0x7f.1 by then. */
export function literalAddressOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
}

/**
 * For a socket: resolves a name and hands on its addresses only if all are public. The socket connects to what was looked
 * at, so a name that changes its mind in between (DNS rebinding) gains nothing. Fails with `ForbiddenAddressError`.
 */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      // With an error there is no list, whatever the type says.
      const [first] = error ? [] : addresses;
      if (error) callback(error, []);
      else if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new ForbiddenAddressError(), []);
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
