import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { Config } from '../config/index.js';

/** Where nodes speak. Not that of versions before 0.2, which sent socket.io's own commands. */
const CHANNEL = 'oneseat:hints';

/** Between attempts to connect, in ms. */
const LONGEST_PAUSE = 1000;
/** A Redis that accepts but does not answer for so long is away, in ms. */
const SILENCE = 3000;

const COMMON: RedisOptions = {
  lazyConnect: true,
  connectTimeout: SILENCE,
  keepAlive: SILENCE,
  retryStrategy: (attempt) => Math.min(attempt * 50, LONGEST_PAUSE),
  // Also where Redis is still loading, read-only or out of connections.
  reconnectOnError: () => false,
};

/** Fails at once while Redis is away: what it says is outdated by the time that Redis is back, and a queue would only grow. */
const SPEAKING: RedisOptions = {
  ...COMMON,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: SILENCE,
  socketTimeout: SILENCE,
};

/** Waits for Redis with its one subscription, which each new connection takes up again. */
const LISTENING: RedisOptions = { ...COMMON, maxRetriesPerRequest: null };

/** The way to the other nodes, where `REDIS_URL` is set: texts that are published to all, this node included. */
@Injectable()
export class RedisLink implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RedisLink.name);
  private readonly connections: { readonly speaker: Redis; readonly listener: Redis } | null;
  private wasUp = true;
  private readonly backListeners: (() => void)[] = [];
  /** Whether something may have been lost since the listeners were told last. */
  private lossy = false;

  constructor({ redisUrl }: Config) {
    this.connections = redisUrl === null ? null : open(redisUrl);
  }

  onApplicationBootstrap(): void {
    if (!this.connections) return;
    const { speaker, listener } = this.connections;
    for (const event of ['error', 'close'] as const) speaker.on(event, () => this.note(false));
    speaker.on('ready', () => this.note(true));
    // The connection says so itself.
    listener.on('error', () => undefined);
    for (const connection of [speaker, listener]) {
      connection.on('close', () => (this.lossy = true));
      connection.on('ready', () => void this.tellBack());
      // It is tried again until it succeeds.
      connection.connect().catch(() => undefined);
    }
    listener.subscribe(CHANNEL).catch(() => undefined);
  }

  onApplicationShutdown(): void {
    if (!this.connections) return;
    const { speaker, listener } = this.connections;
    speaker.removeAllListeners('close');
    for (const connection of [speaker, listener]) connection.disconnect();
  }

  isUp(): boolean {
    return this.connections?.speaker.status === 'ready';
  }

  /** What is said while Redis is away is lost. */
  publish(text: string): void {
    if (this.isUp()) this.connections?.speaker.publish(CHANNEL, text).catch(() => undefined);
  }

  onMessage(take: (text: string) => void): void {
    this.connections?.listener.on('message', (_, text) => take(text));
  }

  /** How many listen, this node included. Throws where Redis is away. */
  async countListeners(): Promise<number> {
    const [, count] = (await this.connections?.speaker.pubsub('NUMSUB', CHANNEL)) as [string, number];
    return count;
  }

  /** Called when nodes can be spoken to and heard again after a time in which something may have been lost. */
  onBack(listener: () => void): void {
    this.backListeners.push(listener);
  }

  /** Once both connections are there, and Redis has taken the subscription: an answer on the same line says so. */
  private async tellBack(): Promise<void> {
    if (!this.connections || !this.lossy) return;
    const { speaker, listener } = this.connections;
    if ([speaker, listener].some(({ status }) => status !== 'ready')) return;
    this.lossy = false;
    try {
      await listener.ping();
    } catch {
      // Away again; the next time that both are ready tells.
      this.lossy = true;
      return;
    }
    for (const tell of this.backListeners) tell();
  }

  /** One line when Redis goes and one when it comes back, however often it is tried. */
  private note(up: boolean): void {
    if (up === this.wasUp) return;
    this.wasUp = up;
    if (up) this.logger.log('Redis is back');
    else this.logger.warn('Redis is away: each node finds ended sessions by itself until it is back');
  }
}

function open(url: string): { speaker: Redis; listener: Redis } {
  return { speaker: new Redis(url, SPEAKING), listener: new Redis(url, LISTENING) };
}
