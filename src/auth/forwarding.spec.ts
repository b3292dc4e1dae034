import { Logger } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { toConfig } from '../config/index.js';
import { Forwarding } from './forwarding.js';

const X = { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8,2001:db8:1::/48,::ffff:172.16.0.0/108,fe80::1%eth0' };
const RFC_7239 = { ...X, FORWARDED_HEADERS: 'forwarded' };

const requestFrom = (remoteAddress: string | undefined, headers: Record<string, string>) =>
  // What is read of a request.
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

function seen(settings: Record<string, string>, headers: Record<string, string>, peer: string | undefined) {
  const forwarding = new Forwarding(toConfig(settings));
  const request = requestFrom(peer, { host: 'own.example', ...headers });
  return [forwarding.addressOf(request), forwarding.hostOf(request)];
}

describe('Forwarding', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(new Logger()));

  it.each<[peer: string | undefined, header: string, address: string]>([
    ['::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['fe80::1%eth0', '203.0.113.7', '203.0.113.7'],
    ['172.16.0.9', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.9', '203.0.113.7', '203.0.113.9'],
    [undefined, '203.0.113.7', '0.0.0.0'],
    ['127.0.0.1', '6.6.6.6, 203.0.113.7:1, 10.0.0.7:443,[2001:db8:1::7]:80 , , ::ffff:10.0.0.9', '203.0.113.7'],
    ['127.0.0.1', '10.0.0.8:1, 10.0.0.9:2', '10.0.0.8'],
    ['127.0.0.1', '203.0.113.7, unknown, 10.0.0.9', '10.0.0.9'],
  ])('from %s reads X-Forwarded-For: %s as %s', (peer, header, address) => {
    expect(seen(X, { 'x-forwarded-for': header }, peer)[0]).toBe(address);
  });

  it.each<[header: string, address: string, host?: string]>([
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="203.0.113.7:54321"; Proto=https ;by=10.0.0.1', '203.0.113.7'],
    ['for="[2001:db8::7]:443";host="app.example.com:8443"', '2001:db8::7', 'app.example.com:8443'],
    ['for=6.6.6.6;host=evil.example, for=203.0.113.7;HOST=a.example, for=10.0.0.9', '203.0.113.7', undefined],
    ['for=6.6.6.6, for=10.0.0.8;host=b.example, for=10.0.0.9;host=a.example', '6.6.6.6', 'a.example'],
    ['for=_hidden', '127.0.0.1'],
    ['for=203.0.113.7, proto=https', '127.0.0.1'],
    ['for="unclosed, for=203.0.113.7', '203.0.113.7'],
    ['for="\\", for=203.0.113.7', '203.0.113.7'],
    ['by=203.0.113.8;xfor=203.0.113.9', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('reads Forwarded: %s as %s', (forwarded, address, host = 'own.example') => {
    expect(seen(RFC_7239, { forwarded }, '127.0.0.1')).toEqual([address, host]);
  });

  it('never mixes the two', () => {
    const headers = {
      'x-forwarded-for': '203.0.113.1',
      'x-forwarded-host': 'x.example',
      forwarded: 'for=203.0.113.2;host=f.example',
    };
    expect(seen(X, headers, '127.0.0.1')).toEqual(['203.0.113.1', 'x.example']);
    expect(seen(RFC_7239, headers, '127.0.0.1')).toEqual(['203.0.113.2', 'f.example']);
    expect(seen(X, { forwarded: headers.forwarded }, '127.0.0.1')).toEqual(['127.0.0.1', 'own.example']);
    expect(seen(X, headers, '203.0.113.9')).toEqual(['203.0.113.9', 'own.example']);
  });

  it('takes the nearest proxy at its word for the host', () => {
    expect(seen(X, { 'x-forwarded-host': 'evil.example, app.example.com' }, '10.0.0.7')[1]).toBe('app.example.com');
  });

  it('warns once of forwarding headers that a stranger sends, and does not say who', () => {
    const warnings: unknown[] = [];
    const keep = (message: unknown) => void warnings.push(message);
    Logger.overrideLogger({ warn: keep, log: keep, error: keep });
    const forwarding = new Forwarding(toConfig(X));
    const ask = (peer: string, headers: Record<string, string>) => {
      forwarding.hostOf(requestFrom(peer, headers));
      forwarding.addressOf(requestFrom(peer, headers));
    };
    ask('203.0.113.9', { host: 'own.example' });
    ask('10.0.0.7', { forwarded: 'for=203.0.113.7', 'x-forwarded-for': '203.0.113.7' });
    expect(warnings).toEqual([]);
    for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host'])
      ask('203.0.113.9', { [name]: '203.0.113.7' });
    expect(warnings).toEqual([expect.stringMatching(/^A request has the header forwarded, .*TRUSTED_PROXIES/)]);
    expect(String(warnings)).not.toContain('203.0.113');
  });
});
