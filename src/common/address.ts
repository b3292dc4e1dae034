import ipaddr from 'ipaddr.js';

/** The address in its shortest form, an IPv4 address mapped into IPv6 as IPv4. */
export function normalizeAddress(address: string): string {
  return ipaddr.process(address).toString();
}

/** The network that an address is counted or recognised by: its first `v4` or `v6` bits. */
export function networkOf(address: string, bits: { v4: number; v6: number }): string {
  const parsed = ipaddr.process(address);
  const length = parsed.kind() === 'ipv4' ? bits.v4 : bits.v6;
  const cidr = `${parsed.toString()}/${length}`;
  const network =
    parsed.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${length}`;
}
