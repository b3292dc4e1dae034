import { Injectable } from '@nestjs/common';
import { lookup } from 'node:dns/promises';
import { InvalidFieldError } from '../common/index.js';
import { Config } from '../config/index.js';
import { isPublicAddress, literalAddressOf } from './target-address.js';

/** Judges an address when it is registered, so that a mistake is named at once. Each connection is judged again. */
@Injectable()
export class WebhookUrls {
  constructor(private readonly config: Config) {}

  /** Throws `InvalidFieldError`. A name that does not resolve now may do so later. */
  async check(text: string): Promise<void> {
    if (!URL.canParse(text)) throw refused('must be a URL');
    const url = new URL(text);
    const { webhookAllowPrivate } = this.config;
    if (!['https:', ...(webhookAllowPrivate ? ['http:'] : [])].includes(url.protocol)) throw refused('must be https');
    if (url.username !== '' || url.password !== '') throw refused('must be without credentials');
    if (webhookAllowPrivate) return;
    const addresses = await resolve(url);
    if (!addresses.every(isPublicAddress)) throw refused('must not lead to a private address');
  }
}

async function resolve(url: URL): Promise<string[]> {
  const literal = literalAddressOf(url);
  if (literal !== null) return [literal];
  try {
    return (await lookup(url.hostname, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

function refused(message: string): InvalidFieldError {
  return new InvalidFieldError('url', message);
}
