import { Injectable } from '@nestjs/common';
import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';
import { TooManyMessagesError } from './message.errors.js';

/** What a person may send from one session on one node. */
const PER_SECOND = 10;
const BURST = 40;

/** Sessions that are remembered; one that is forgotten starts anew. */
const REMEMBERED = 10_000;

/** Slows down who sends faster than people write. */
@Injectable()
export class MessageAllowance {
  private readonly buckets = new LRUCache<string, TokenBucket>({ max: REMEMBERED });

  /** Throws `TooManyMessagesError`. */
  take(sessionId: string): void {
    if (!this.bucketOf(sessionId).tryRemoveTokens(1)) throw new TooManyMessagesError();
  }

  private bucketOf(sessionId: string): TokenBucket {
    let bucket = this.buckets.get(sessionId);
    if (!bucket) {
      bucket = new TokenBucket({ bucketSize: BURST, tokensPerInterval: PER_SECOND, interval: 'second' });
      bucket.content = BURST;
      this.buckets.set(sessionId, bucket);
    }
    return bucket;
  }
}
