import type { LookupAddress, lookup } from 'node:dns';
import { mock } from 'node:test';
import { isPublicAddress, literalAddressOf, publicLookup } from './target-address.js';

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.127.255.255',
  '192.0.0.8',
  '198.18.0.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.1.2.3',
  '::ffff:169.254.169.254',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001::1',
  'fe80::1',
  'fec0::1',
  'fc00::1',
  'fd12:3456:789a::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
  'localhost',
  '',
];

describe('isPublicAddress', () => {
  it.each(PRIVATE)('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.128.0.1', '::ffff:8.8.8.8', '2606:4700::1111'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('literalAddressOf', () => {
  it.each([
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://127.0.0.1./', '127.0.0.1'],
    ['http://１２７.0.0.1/', '127.0.0.1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://[0:0:0:0:0:ffff:7f00:1]/', '::ffff:7f00:1'],
    ['https://hooks.example.com/', null],
  ])('reads %s as %s', (url, address) => {
    expect(literalAddressOf(new URL(url))).toBe(address);
  });
});

describe('publicLookup', () => {
  const resolving = (...answers: string[][]) =>
    mock.fn((_: string, __: object, callback: (error: null, found: LookupAddress[]) => void) => {
      const found = answers.shift() ?? [];
      callback(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    });

  type Resolve = ReturnType<typeof resolving>;
  const look = (resolve: Resolve, options: object) =>
    new Promise((answer, fail) => {
      publicLookup(resolve as unknown as typeof lookup)('hooks.example.com', options, (error, address) => {
        if (error) fail(error);
        else answer(address);
      });
    });

  it('hands on what it has looked at, asking once', async () => {
    const resolve = resolving(['8.8.8.8', '2606:4700::1111'], ['127.0.0.1']);
    expect(await look(resolve, { all: true })).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(resolve.mock.callCount()).toBe(1);
    expect(await look(resolving(['8.8.8.8']), {})).toBe('8.8.8.8');
  });

  it.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['::ffff:169.254.169.254']], [[]]])(
    'refuses a name that leads to %j',
    async (found) => {
      for (const options of [{ all: true }, {}]) {
        await expect(look(resolving(found), options)).rejects.toMatchObject({ code: 'address_not_allowed' });
      }
    },
  );
});
