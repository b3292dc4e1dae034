import { addressOfHop, networkOf, normalizeAddress } from './address.js';

const BITS = { v4: 24, v6: 48 };

describe('addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', '2001:db8::/48'],
    ['fe80::1%eth0', 'fe80::1', 'fe80::/48'],
    ['fe80::1%eth0.1', 'fe80::1', 'fe80::/48'],
    ['fe80::1%br-x', 'fe80::1', 'fe80::/48'],
  ])('%s is %s in %s', (address, normal, network) => {
    expect(normalizeAddress(address)).toBe(normal);
    expect(networkOf(address, BITS)).toBe(network);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:54321', '203.0.113.7'],
    ['203.0.113.7:_port', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:DB8::7]', '2001:db8::7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
    ['[fe80::1%eth0]:443', 'fe80::1'],
    ...['unknown', '_hidden', '', '10', '127.1:80', '203.0.113.7:80:80', '[2001:db8::7', '[]:443', "1'--"].map(
      (none): [string, null] => [none, null],
    ),
  ])('the hop %j is that of %s', (hop, address) => {
    expect(addressOfHop(hop)).toBe(address);
  });
});
