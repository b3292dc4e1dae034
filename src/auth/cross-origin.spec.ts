import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { toConfig } from '../config/index.js';
import { assertSameOrigin } from './cross-origin.js';

const OWN = 'https://app.example.com';
const FRIEND = 'https://friend.example';
const PUBLIC = { PUBLIC_URL: OWN, CORS_ORIGINS: FRIEND };

function passes(headers: Record<string, string>, settings: Record<string, string> = PUBLIC, method = 'POST'): boolean {
  // What the rule reads of a request.
  const request = { method, headers, host: headers.host ?? 'app.example.com' } as unknown as FastifyRequest;
  try {
    assertSameOrigin(request, toConfig(settings));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'cross_origin', kind: 'forbidden' });
    return false;
  }
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
});
