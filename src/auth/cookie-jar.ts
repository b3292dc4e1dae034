import { Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import { parse } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock, decodeBase64url } from '../common/index.js';
import { Config } from '../config/index.js';
import { isFromElsewhere } from './cross-origin.js';
import { Forwarding } from './forwarding.js';

/** As long as browsers keep a cookie at most, in seconds. */
const DEVICE_MAX_AGE = 400 * 86_400;

/** A browser is remembered by as many accounts: their secrets stand in its cookie, the one used last first. */
const MAX_ACCOUNTS = 5;

/** The two cookies: the session's token, and the secrets by which a browser proves to each account that it is the same device. */
@Injectable()
export class CookieJar {
  private readonly sessionName: string;
  private readonly deviceName: string;
  private readonly options: CookieSerializeOptions;

  constructor(
    private readonly config: Config,
    private readonly forwarding: Forwarding,
    private readonly clock: Clock,
  ) {
    const { secure } = config;
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

  /** Without what is no secret of ours. */
  deviceSecrets(request: FastifyRequest): string[] {
    const secrets = (request.cookies[this.deviceName] ?? '').split('.', MAX_ACCOUNTS);
    return secrets.filter((secret) => decodeBase64url(secret, 32));
  }

  /** Where both are there, browsers go by `Max-Age`, which a wrong clock of theirs does not shorten. */
  setSession(reply: FastifyReply, token: string, expires: Date): void {
    const maxAge = Math.max(0, Math.floor((expires.getTime() - this.clock.now().getTime()) / 1000));
    this.set(reply, this.sessionName, token, { expires, maxAge });
  }

  /** `secrets` is what the browser has shown. */
  keepDevice(reply: FastifyReply, secret: string, secrets: readonly string[]): void {
    this.setDevice(reply, [secret, ...secrets.filter((other) => other !== secret)].slice(0, MAX_ACCOUNTS));
  }

  /** That of a login which was not let in yet. However often one fails, it takes the last place only. */
  addDevice(reply: FastifyReply, secret: string, secrets: readonly string[]): void {
    this.setDevice(reply, [...secrets.slice(0, MAX_ACCOUNTS - 1), secret]);
  }

  private setDevice(reply: FastifyReply, secrets: readonly string[]): void {
    this.set(reply, this.deviceName, secrets.join('.'), { maxAge: DEVICE_MAX_AGE });
  }

  /** Pages of other origins get none: a browser would send it for whoever has such a page opened. */
  private set(reply: FastifyReply, name: string, value: string, lasting: CookieSerializeOptions): void {
    const { request } = reply;
    if (isFromElsewhere(request, this.forwarding.hostOf(request.raw), this.config)) return;
    void reply.setCookie(name, value, { ...this.options, ...lasting });
  }

  clearSession(reply: FastifyReply): void {
    void reply.clearCookie(this.sessionName, this.options);
  }
}
