import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** The address in its shortest form, an IPv4 address mapped into IPv6 as IPv4. */
export function normalizeAddress(address: string): string {
  return parse(address).toString();
}

/** The address in what a proxy writes: `203.0.113.7:54321`, `[2001:db8::7]:443`, `[2001:db8::7]`. Null for `unknown`, and whatever else is none. */
export function addressOfHop(hop: string): string | null {
  const [, bracketed, plain] = /^(?:\[(.+)\]|([\d.]+))(?::[\w.-]*)?$/.exec(hop) ?? [];
  const address = bracketed ?? plain ?? hop;
  return isIP(address) ? normalizeAddress(address) : null;
}

/** The network that an address is counted or recognised by: its first `v4` or `v6` bits, whole bytes of them. */
export function networkOf(address: string, bits: { v4: number; v6: number }): string {
  const parsed = parse(address);
  const length = parsed.kind() === 'ipv4' ? bits.v4 : bits.v6;
  const kept = parsed.toByteArray().map((byte, index) => (index < length / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(kept).toString()}/${length}`;
}

/** Without the zone of an IPv6 address (`fe80::1%eth0.1`): it means something on its own machine only. */
function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  return ipaddr.process(address.replace(/%.*$/, ''));
}
