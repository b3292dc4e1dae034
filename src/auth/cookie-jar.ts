import { Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import { parse } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeBase64url } from '../common/index.js';
import { Config } from '../config/index.js';

/** As long as browsers keep a cookie at most, in seconds. */
const DEVICE_MAX_AGE = 400 * 86_400;

/** The two cookies: the session's token, and the secret by which a browser proves that it is the same device. */
@Injectable()
export class CookieJar {
  private readonly sessionName: string;
  private readonly deviceName: string;
  private readonly options: CookieSerializeOptions;

  constructor({ secure }: Config) {
    this.sessionName = secure ? '__Host-session' : 'session';
    this.deviceName = secure ? '__Host-device' : 'device';
    this.options = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  }

  session(request: FastifyRequest): string | null {
    return request.cookies[this.sessionName] || null;
  }

  /** Of a `Cookie` header that did not come through Fastify. */
  sessionIn(header: string | undefined): string | null {
    return parse(header ?? '')[this.sessionName] || null;
  }

  /** Null where the browser has none, or something that we have not given it. */
  deviceSecret(request: FastifyRequest): string | null {
    const secret = request.cookies[this.deviceName] ?? '';
    return decodeBase64url(secret, 32) && secret;
  }

  setSession(reply: FastifyReply, token: string, expires: Date): void {
    void reply.setCookie(this.sessionName, token, { ...this.options, expires });
  }

  setDevice(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.deviceName, secret, { ...this.options, maxAge: DEVICE_MAX_AGE });
  }

  clearSession(reply: FastifyReply): void {
    void reply.clearCookie(this.sessionName, this.options);
  }

  clearDevice(reply: FastifyReply): void {
    void reply.clearCookie(this.deviceName, this.options);
  }
}
