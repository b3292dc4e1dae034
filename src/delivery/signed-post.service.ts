import { Injectable } from '@nestjs/common';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../common/index.js';
import { withDeadline } from './deadline.js';
import { DeliveryFailure } from './delivery-failure.js';
import { ForbiddenAddressError, isPublicAddress, literalAddressOf, publicLookup } from './target-address.js';

/** Where a signed request goes. */
export interface PostTarget {
  readonly url: string;
  readonly secret: string;
  /** False: only to addresses of the public internet. */
  readonly mayBePrivate: boolean;
}

/** For the whole exchange, in ms. */
const TIMEOUT = 10_000;

const lookup = publicLookup();

/** Posts JSON signed as Standard Webhooks has it. Follows no redirect and reads no body: the status is the answer. */
@Injectable()
export class SignedPost {
  constructor(private readonly clock: Clock) {}

  /** Resolves upon a 2xx. Throws `DeliveryFailure`. */
  async send(target: PostTarget, id: string, body: string, breakOff: AbortSignal): Promise<void> {
    const exchange = withDeadline(this.clock, TIMEOUT, breakOff, (signal) => this.exchange(target, id, body, signal));
    const status = await exchange.catch((error: unknown) => {
      throw DeliveryFailure.of(error);
    });
    if (status < 200 || status > 299) throw new DeliveryFailure(`answered ${status}`);
  }

  private async exchange(target: PostTarget, id: string, body: string, signal: AbortSignal): Promise<number> {
    const url = new URL(target.url);
    const literal = literalAddressOf(url);
    // A socket looks no address up, so one that is written out is judged here.
    if (!target.mayBePrivate && literal !== null && !isPublicAddress(literal)) throw new ForbiddenAddressError();
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      headers: this.headers(target.secret, id, body),
      signal,
      ...(!target.mayBePrivate && { lookup }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
      outgoing.on('response', (answer) => {
        resolve(answer.statusCode ?? 0);
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  private headers(secret: string, id: string, body: string) {
    const at = this.clock.now();
    return {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Oneseat',
      'webhook-id': id,
      'webhook-timestamp': Math.floor(at.getTime() / 1000),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
  }
}
