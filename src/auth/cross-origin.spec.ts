import type { FastifyRequest } from 'fastify';
import type { AppError } from '../common/index.js';
import { toConfig } from '../config/index.js';
import { assertSameOrigin } from './cross-origin.js';

const OWN = 'https://app.example.com';
const FRIEND = 'https://friend.example';
const PUBLIC = { PUBLIC_URL: OWN, CORS_ORIGINS: FRIEND };

function refusal(headers: Record<string, string>, settings: Record<string, string> = PUBLIC, method = 'POST') {
  // What the rule reads of a request.
  const request = { method, headers } as unknown as FastifyRequest;
  try {
    assertSameOrigin(request, headers.host ?? 'app.example.com', toConfig(settings));
    return null;
  } catch (error) {
    expect(error).toMatchObject({ kind: 'forbidden' });
    return (error as AppError).code;
  }
}

function passes(...request: Parameters<typeof refusal>): boolean {
  const code = refusal(...request);
  expect([null, 'cross_origin']).toContain(code);
  return code === null;
}

describe('assertSameOrigin', () => {
  it.each<[what: string, headers: Record<string, string>, passes: boolean]>([
    ['a client that is no browser', {}, true],
    ['the own page', { origin: OWN, 'sec-fetch-site': 'same-origin' }, true],
    ['a typed address', { 'sec-fetch-site': 'none' }, true],
    ['another site', { origin: 'https://evil.example' }, false],
    ['another site without origin', { 'sec-fetch-site': 'cross-site' }, false],
    ['a sister domain', { origin: 'https://blog.example.com', 'sec-fetch-site': 'same-site' }, false],
    ['a sister domain without origin', { 'sec-fetch-site': 'same-site' }, false],
    ['the own host over http', { origin: 'http://app.example.com' }, false],
    ['the own host on another port', { origin: `${OWN}:8443` }, false],
    ['a host that begins like the own', { origin: `${OWN}.evil.example` }, false],
    ['a page without origin (sandbox, file)', { origin: 'null' }, false],
    ['an own origin that the browser contradicts', { origin: OWN, 'sec-fetch-site': 'cross-site' }, false],
    ['a stranger with a token', { origin: 'https://evil.example', authorization: 'Bearer x' }, false],
    [
      'an allowed origin with a token',
      { origin: FRIEND, 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' },
      true,
    ],
    ['an allowed origin with a cookie', { origin: FRIEND, cookie: 'session=x' }, false],
    ['nobody, though with a token', { 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' }, false],
  ])('judges %s', (_, headers, expected) => {
    expect(passes(headers)).toBe(expected);
  });

  it.each<[what: string, headers: Record<string, string>, passes: boolean]>([
    ['the port of http, unnamed in the origin', { origin: 'http://localhost', host: 'localhost:80' }, true],
    ['the port of http, unnamed in the host', { origin: 'http://localhost:80', host: 'localhost' }, true],
    ['the port of https, named in the host', { origin: 'https://localhost', host: 'localhost:443' }, true],
    ['an address of IPv6', { origin: 'http://[::1]', host: '[::1]:80' }, true],
    ['capitals in the host', { origin: 'http://localhost', host: 'LOCALHOST' }, true],
    ['another port', { origin: 'http://localhost', host: 'localhost:8080' }, false],
    ['the port of another scheme', { origin: 'http://localhost', host: 'localhost:443' }, false],
    [
      'a proxy’s own host, where the browser vouches for the page',
      { origin: 'https://app.example.com', host: '10.0.0.7:3000', 'sec-fetch-site': 'same-origin' },
      true,
    ],
    ['an app whose host is called like ours', { origin: 'capacitor://localhost', host: 'localhost' }, false],
  ])('judges, without PUBLIC_URL, %s', (_, headers, expected) => {
    expect(passes(headers, {})).toBe(expected);
  });

  it.each(['Basic YTpi', 'Negotiate YII'])(
    'takes %s, which browsers add by themselves, for no token',
    (authorization) => {
      expect(passes({ origin: FRIEND, 'sec-fetch-site': 'cross-site', authorization })).toBe(false);
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'])('looks at %s', (method) => {
    expect(passes({ origin: 'https://evil.example' }, PUBLIC, method)).toBe(false);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('lets %s pass, which changes nothing', (method) => {
    expect(passes({ origin: 'https://evil.example' }, PUBLIC, method)).toBe(true);
  });

  it('takes the host of the request for its own where PUBLIC_URL is unset', () => {
    const host = 'localhost:3000';
    expect(passes({ host, origin: 'http://localhost:3000' }, {})).toBe(true);
    expect(passes({ host, origin: 'http://localhost:5173' }, {})).toBe(false);
    expect(passes({ host, origin: 'null' }, {})).toBe(false);
    expect(passes({ host, origin: 'no url' }, {})).toBe(false);
  });

  describe('without PUBLIC_URL', () => {
    /** The host that a page of it would name, in every way in which a browser says that it is the page. */
    const ofPage = (host: string): Record<string, string>[] => [
      { host, origin: `http://${host}` },
      { host, 'sec-fetch-site': 'same-origin' },
      { host, 'sec-fetch-site': 'none' },
      { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', authorization: 'Bearer x' },
    ];
    const settings = { ALLOWED_HOSTS: 'nas, Accounts.internal' };

    it.each(['localhost', 'localhost:3000', '127.0.0.1', '192.168.1.7:3000', '[::1]:3000', '[2001:db8::7]'])(
      'takes pages of %s, a name that nobody else can point here',
      (host) => {
        for (const headers of ofPage(host)) expect(refusal(headers, {})).toBeNull();
      },
    );

    it.each(['nas', 'nas:3000', 'accounts.internal', 'accounts.internal:8080'])('takes pages of %s, as set', (host) => {
      for (const headers of ofPage(host)) expect(refusal(headers, settings)).toBeNull();
    });

    it.each([
      'evil.example',
      'evil.example:3000',
      'localhost.evil.example',
      'evil-localhost',
      '127.0.0.1.evil.example',
      '127.0.0.1.nip.io:3000',
      'nas.evil.example',
      'evil.accounts.internal',
      'user@localhost',
      'localhost:3000:80',
      '[evil.example]',
      '1',
      '',
    ])('refuses pages of %s, which a stranger may have pointed here', (host) => {
      for (const headers of ofPage(host)) expect(refusal(headers, settings)).toBe('host_not_allowed');
    });

    it('takes any name from a client that is no browser', () => {
      expect(refusal({ host: 'evil.example' }, settings)).toBeNull();
      expect(refusal({ host: 'evil.example', authorization: 'Bearer x' }, settings)).toBeNull();
    });

    it('does not ask for the host of what changes nothing', () => {
      for (const headers of ofPage('evil.example')) expect(refusal(headers, settings, 'GET')).toBeNull();
    });

    it('lets no friend in by a stranger’s name, either', () => {
      const headers = { host: 'evil.example', origin: FRIEND, authorization: 'Bearer x' };
      expect(refusal(headers, { CORS_ORIGINS: FRIEND })).toBe('host_not_allowed');
    });
  });

  it('knows its own host by PUBLIC_URL, whatever a proxy in front calls it', () => {
    expect(refusal({ host: 'oneseat:3000', origin: OWN })).toBeNull();
    expect(refusal({ host: 'evil.example', 'sec-fetch-site': 'same-origin' })).toBeNull();
  });
});
