import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';
import { Clock, KeyStore, newSecret } from '../common/index.js';
import { Metrics } from '../metrics/index.js';
import type { Hint } from './hint.js';
import { hintKey, keyIdOf, seal, unseal, type HintKey, type Refusal } from './sealed-hint.js';

/** The name of the key in the store. */
const KEY = 'hints';
/** ms between two looks into the store for a key that is not known, and between two lines about hints that were dropped. */
const LOOK_EVERY = 1000;
const WARN_EVERY = 60_000;
/** Nodes whose last number is remembered. One start of a node is one node. */
const NODES = 1000;

/** Seals this node's hints, and opens those of the others. What is not authentic is dropped and counted. */
@Injectable()
export class HintSeal {
  /** This start of this node. */
  readonly node = randomUUID();
  private readonly logger = new Logger(HintSeal.name);
  private seq = 0;
  private key: Promise<HintKey> | null = null;
  private lookedAt = -Infinity;
  private warnedAt = -Infinity;
  /** The highest number of each other node: Redis keeps the order of one node's hints. */
  private readonly heard = new LRUCache<string, number>({ max: NODES });

  constructor(
    private readonly keys: KeyStore,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Throws where the key cannot be read. */
  async close(hint: Hint): Promise<string> {
    const key = await this.getKey();
    return seal(key, { node: this.node, seq: ++this.seq, at: this.clock.now().getTime(), hint });
  }

  /** Null for this node's own hints, and for what is not authentic. Throws where the key cannot be read. */
  async open(text: string): Promise<Hint | null> {
    const id = keyIdOf(text);
    if (id === null) return this.drop('misshapen');
    const key = await this.findKey(id);
    if (!key) return this.drop('unknown_key');
    const found = unseal(key, text, this.clock.now());
    if (typeof found === 'string') return this.drop(found);
    if (found.node === this.node) return null;
    if (found.seq <= (this.heard.get(found.node) ?? 0)) return this.drop('replayed');
    this.heard.set(found.node, found.seq);
    return found.hint;
  }

  /**
   * Null where neither this node nor the store knows such a key. Another may have taken the place of the one that is known here, so the
   * store is asked; whoever floods Redis does not reach it by that.
   */
  private async findKey(id: string): Promise<HintKey | null> {
    const known = await this.getKey();
    if (known.id === id) return known;
    const now = performance.now();
    if (now - this.lookedAt < LOOK_EVERY) return null;
    this.lookedAt = now;
    // What is known serves the hints that come meanwhile.
    const current = await this.readKey();
    this.key = Promise.resolve(current);
    return current.id === id ? current : null;
  }

  private getKey(): Promise<HintKey> {
    const key = (this.key ??= this.readKey());
    // A store that was away must not be remembered.
    key.catch(() => (this.key = null));
    return key;
  }

  private async readKey(): Promise<HintKey> {
    return hintKey(await this.keys.getOrCreate(KEY, newSecret()));
  }

  private drop(reason: Refusal): null {
    this.metrics.hintDropped(reason);
    const now = performance.now();
    if (now - this.warnedAt >= WARN_EVERY) {
      this.warnedAt = now;
      this.logger.warn({ reason }, 'a hint from Redis was dropped; oneseat_hints_dropped_total counts them');
    }
    return null;
  }
}
