import { Injectable } from '@nestjs/common';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../common/index.js';
import { withDeadline } from './deadline.js';
import { DeliveryFailure, TargetGoneError } from './delivery-failure.js';
import { ForbiddenAddressError, isPublicAddress, literalAddressOf, publicLookup } from './target-address.js';

/** Where a signed request goes. */
export interface PostTarget {
  readonly url: string;
  readonly secret: string;
  /** Those that sign as well: the receiver takes any signature. */
  readonly formerSecrets?: readonly string[];
  /** False: only to addresses of the public internet. */
  readonly mayBePrivate: boolean;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
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
    const { status, retryAfter } = await exchange.catch((error: unknown) => {
      throw DeliveryFailure.of(error);
    });
    if (status === 410) throw new TargetGoneError();
    const pause = status === 429 || status === 503 ? pauseOf(retryAfter, this.clock.now()) : 0;
    if (status < 200 || status > 299) throw new DeliveryFailure(`answered ${status}`, false, pause);
  }

  private async exchange(target: PostTarget, id: string, body: string, signal: AbortSignal): Promise<Answer> {
    const url = new URL(target.url);
    const literal = literalAddressOf(url);
    // A socket looks no address up, so one that is written out is judged here.
    if (!target.mayBePrivate && literal !== null && !isPublicAddress(literal)) throw new ForbiddenAddressError();
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      headers: this.headers(target, id, body),
      signal,
      ...(!target.mayBePrivate && { lookup }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
      outgoing.on('response', (answer) => {
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
        outgoing.destroy();
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  private headers({ secret, formerSecrets = [] }: PostTarget, id: string, body: string) {
    const at = this.clock.now();
    const signatures = [secret, ...formerSecrets].map((one) => new Webhook(one).sign(id, at, body));
    return {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Oneseat',
      'webhook-id': id,
      'webhook-timestamp': Math.floor(at.getTime() / 1000),
      'webhook-signature': signatures.join(' '),
    };
  }
}

/** Of a `Retry-After` (RFC 9110, section 10.2.3) in ms: seconds, or a date. 0 for none, and for what is neither. */
function pauseOf(retryAfter: string | undefined, now: Date): number {
  const text = retryAfter?.trim() ?? '';
  const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(pause) ? Math.max(0, pause) : 0;
}
