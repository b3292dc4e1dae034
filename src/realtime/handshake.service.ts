import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { assertOwnOrAllowed, CookieJar, Forwarding } from '../auth/index.js';
import { Config } from '../config/index.js';
import { AuthenticationRequiredError, SessionValidator, type SessionRef } from '../sessions/index.js';

/** Says whose a new socket is. A token in the URL is not looked at: URLs end up in logs. */
@Injectable()
export class Handshake {
  constructor(
    private readonly validator: SessionValidator,
    private readonly cookies: CookieJar,
    private readonly forwarding: Forwarding,
    private readonly config: Config,
  ) {}

  /**
   * Counts as a use of the session. `auth.token` wins over the cookie, with no fallback to it.
   * Throws `CrossOriginError`, `AuthenticationRequiredError`, `InvalidTokenError` or `SessionEndedError`.
   */
  async admit(request: IncomingMessage, auth: Readonly<Record<string, unknown>>): Promise<SessionRef> {
    const { origin, cookie } = request.headers;
    const site = request.headers['sec-fetch-site']?.toString();
    const host = this.forwarding.hostOf(request);
    assertOwnOrAllowed({ origin, site, host }, auth.token !== undefined, this.config);
    const token = auth.token === undefined ? this.cookies.sessionIn(cookie) : auth.token;
    if (!token) throw new AuthenticationRequiredError();
    // What is no text is no token either.
    const { session } = await this.validator.getActive(typeof token === 'string' ? token : '');
    return { userId: session.userId, sessionId: session.id };
  }
}
