import type { FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { hasFlag } from '../common/index.js';
import type { Config } from '../config/index.js';
import { CrossOriginError, HostNotAllowedError } from './auth.errors.js';
import { ownScheme } from './authorization.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** What a request says of where it comes from. */
export interface Provenance {
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which every current browser sends. */
  readonly site: string | undefined;
  /** The host that the client asked for. */
  readonly host: string;
}

/**
 * Another site may not act in a browser's name, nor log it in to an account of the other site's choosing.
 * Throws `CrossOriginError` for an unsafe request that says it comes from elsewhere, unless its origin is allowed and
 * it carries its own `Authorization`, which no browser adds by itself; and `HostNotAllowedError`.
 */
export function assertSameOrigin(request: FastifyRequest, host: string, config: Config): void {
  if (!SAFE_METHODS.includes(request.method)) assertFromHere(request, host, config);
}

/**
 * For a GET that does more than read: as for an unsafe request, and only once the person has followed the link.
 * Throws `CrossOriginError` and `HostNotAllowedError`.
 */
export function assertDeliberate(request: FastifyRequest, host: string, config: Config): void {
  const { 'sec-purpose': secPurpose, purpose } = request.headers;
  if (/prefetch|prerender/i.test(`${String(secPurpose)} ${String(purpose)}`)) throw new CrossOriginError();
  assertFromHere(request, host, config);
}

function assertFromHere(request: FastifyRequest, host: string, config: Config): void {
  const { authorization, cookie } = request.headers;
  // A sister domain's page is sent with cookies all the same, and must not act by them.
  const isWithoutCookie = hasFlag(request, 'isOpenToPages') && cookie === undefined;
  const isOpen = isWithoutCookie || ownScheme(authorization) !== null;
  assertOwnOrAllowed(provenanceOf(request, host), isOpen, config);
}

/** Whether a page of another origin makes the request: it gets no cookie. */
export function isFromElsewhere(request: FastifyRequest, host: string, config: Config): boolean {
  return isForeign(provenanceOf(request, host), config);
}

function provenanceOf({ headers }: FastifyRequest, host: string): Provenance {
  return { origin: headers.origin, site: headers['sec-fetch-site']?.toString(), host };
}

/**
 * `isOpen`: it carries a token that no browser adds by itself, or shows no cookie and gets none.
 * Throws `CrossOriginError` and `HostNotAllowedError`.
 */
export function assertOwnOrAllowed(from: Provenance, isOpen: boolean, config: Config): void {
  if (isFromBrowser(from) && !isOwnHost(from.host, config)) throw new HostNotAllowedError();
  if (!isForeign(from, config)) return;
  const allowed = from.origin !== undefined && config.corsOrigins.includes(from.origin);
  if (!allowed || !isOpen) throw new CrossOriginError();
}

function isFromBrowser({ origin, site }: Provenance): boolean {
  return origin !== undefined || site !== undefined;
}

/**
 * Without `PUBLIC_URL` the own origin is whatever host a request names. A stranger may point a name of theirs at our address (DNS
 * rebinding), and their page would be of the own origin. They can do that with no address, and with no name that is not theirs.
 */
function isOwnHost(host: string, { publicUrl, allowedHosts }: Config): boolean {
  if (publicUrl !== null) return true;
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || allowedHosts.includes(name);
}

function isForeign({ origin, site, host }: Provenance, { publicUrl }: Config): boolean {
  if (site === 'cross-site' || site === 'same-site') return true;
  if (origin === undefined) return false;
  if (publicUrl) return origin !== publicUrl;
  // A proxy may have put its own name in the place of the host; the browser knows which one it has asked.
  return site !== 'same-origin' && !isAt(origin, host);
}

/** Whether the origin is of that host. A port that is the scheme's own may be named or not. */
function isAt(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: expected } = new URL(origin);
  if (!/^https?:$/.test(protocol)) return false;
  const asked = `${protocol}//${host}`;
  return URL.canParse(asked) && new URL(asked).host === expected;
}
