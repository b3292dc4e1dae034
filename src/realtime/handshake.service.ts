import { Injectable } from '@nestjs/common';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { assertOwnOrAllowed, CookieJar } from '../auth/index.js';
import { Config } from '../config/index.js';
import { AuthenticationRequiredError, SessionValidator, type SessionRef } from '../sessions/index.js';

/** Says whose a new socket is. A token in the URL is not looked at: URLs end up in logs. */
@Injectable()
export class Handshake {
  private readonly isTrusted: (address: string, hop: number) => boolean;

  constructor(
    private readonly validator: SessionValidator,
    private readonly cookies: CookieJar,
    private readonly config: Config,
  ) {
    this.isTrusted = proxyAddr.compile([...config.trustedProxies]);
  }

  /**
   * Counts as a use of the session. `auth.token` wins over the cookie, with no fallback to it.
   * Throws `CrossOriginError`, `AuthenticationRequiredError`, `InvalidTokenError` or `SessionEndedError`.
   */
  async admit(request: IncomingMessage, auth: Readonly<Record<string, unknown>>): Promise<SessionRef> {
    const { origin, cookie } = request.headers;
    const site = request.headers['sec-fetch-site']?.toString();
    assertOwnOrAllowed({ origin, site, host: this.hostOf(request) }, auth.token !== undefined, this.config);
    const token = auth.token === undefined ? this.cookies.sessionIn(cookie) : auth.token;
    if (!token) throw new AuthenticationRequiredError();
    // What is no text is no token either.
    const { session } = await this.validator.getActive(typeof token === 'string' ? token : '');
    return { userId: session.userId, sessionId: session.id };
  }

  /** As Fastify has it for HTTP: what a trusted proxy says that it was asked for, the nearest one last. */
  private hostOf({ headers, socket }: IncomingMessage): string {
    const forwarded = headers['x-forwarded-host']?.toString();
    const believed = forwarded !== undefined && this.isTrusted(socket.remoteAddress ?? '', 0);
    return (believed ? forwarded.split(',').at(-1)?.trim() : headers.host) ?? '';
  }
}
