import proxyAddr from '@fastify/proxy-addr';
import { Injectable, Logger } from '@nestjs/common';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { addressOfHop, normalizeAddress } from '../common/index.js';
import { Config } from '../config/index.js';

/** What proxies say of a request. */
interface Forwarded {
  /** Whom each proxy has got the request from, the nearest one first. */
  readonly hops: readonly string[];
  /** The host that the client asked for, as the nearest proxy has it. */
  readonly host: string | undefined;
}

const READERS: Record<Config['forwardedHeaders'], (headers: IncomingHttpHeaders) => Forwarded> = {
  'x-forwarded': (headers) => ({
    hops: entriesOf(headers['x-forwarded-for']),
    host: entriesOf(headers['x-forwarded-host'])[0],
  }),
  forwarded: (headers) => {
    const elements = entriesOf(headers.forwarded);
    return {
      hops: elements.map((element) => parameterOf(element, 'for') ?? 'unknown'),
      host: parameterOf(elements[0] ?? '', 'host'),
    };
  },
};

const FORWARDING_HEADERS = ['x-forwarded-for', 'x-forwarded-host', 'forwarded'];

/**
 * Believes what proxies say of a request where `TRUSTED_PROXIES` names them. Only the headers that `FORWARDED_HEADERS` names are read:
 * a proxy that writes these may pass on the others as the client has sent them.
 */
@Injectable()
export class Forwarding {
  private readonly logger = new Logger(Forwarding.name);
  private readonly isTrusted: (address: string, hop: number) => boolean;
  private readonly read: (headers: IncomingHttpHeaders) => Forwarded;
  private hasWarned = false;

  constructor({ trustedProxies, forwardedHeaders }: Config) {
    this.isTrusted = proxyAddr.compile(trustedProxies.map((network) => network.replace(/%[^/]*/, '')));
    this.read = READERS[forwardedHeaders];
  }

  /** The client's address: of the nearest hop that is no trusted proxy. If one names no address, its proxy's own counts. */
  addressOf(request: IncomingMessage): string {
    let address = peerOf(request);
    if (!this.believes(request)) return address;
    for (const hop of this.read(request.headers).hops) {
      const next = this.isTrusted(address, 0) ? addressOfHop(hop) : null;
      if (next === null) break;
      address = next;
    }
    return address;
  }

  /** The host that the client asked for. */
  hostOf(request: IncomingMessage): string {
    const { headers } = request;
    return (this.believes(request) ? this.read(headers).host : undefined) ?? headers.host ?? '';
  }

  private believes(request: IncomingMessage): boolean {
    const isTrusted = this.isTrusted(peerOf(request), 0);
    if (!isTrusted) this.warnOnce(request.headers);
    return isTrusted;
  }

  /** Without the address, which may be a person's. */
  private warnOnce(headers: IncomingHttpHeaders): void {
    const name = FORWARDING_HEADERS.find((known) => headers[known] !== undefined);
    if (name === undefined || this.hasWarned) return;
    this.hasWarned = true;
    this.logger.warn(
      `A request has the header ${name}, and comes from an address that TRUSTED_PROXIES does not name. The header was not believed. If your proxy has sent it, name the proxy: until then all its clients count as one address.`,
    );
  }
}

function peerOf({ socket }: IncomingMessage): string {
  return normalizeAddress(socket.remoteAddress ?? '0.0.0.0');
}

/**
 * The last entry, which the nearest proxy has written, comes first. Split at every comma, quoted or not: none belongs into an address
 * or a host, and a quotation mark that a client leaves open must not swallow what the proxy appends.
 */
function entriesOf(header: string | string[] | undefined): string[] {
  const entries = (header?.toString() ?? '').split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '').reverse();
}

/** Of one element of `Forwarded`, as RFC 7239 has it: `for="[2001:db8::7]:443";host=app.example.com`. */
function parameterOf(element: string, name: 'for' | 'host'): string | undefined {
  const pairs = element.split(';').map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  return value?.replace(/^"(.*)"$/, '$1');
}
