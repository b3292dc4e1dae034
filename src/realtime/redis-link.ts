import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'ioredis';
import type { ServerOptions } from 'socket.io';
import { Config } from '../config/index.js';

/** Between attempts to connect, in ms. */
const LONGEST_PAUSE = 1000;
/** A Redis that accepts but does not answer for so long is away, in ms. */
const SILENCE = 3000;

const COMMON: RedisOptions = {
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

/** Waits for Redis with the one command that it has, a read or a subscription. Failing at once would make the adapter ask without pause. */
const LISTENING: RedisOptions = { ...COMMON, maxRetriesPerRequest: null };

/** The adapter leaves some of its promises alone; here a command that fails is no news, for the connection has said so. */
class Client extends Redis {
  /** Whether it is the one on which the other nodes are heard. */
  hears = false;

  override sendCommand(...args: Parameters<Redis['sendCommand']>): unknown {
    if (args[0].name === 'subscribe') this.hears = true;
    const result = super.sendCommand(...args);
    args[0].promise.catch(() => undefined);
    return result;
  }
}

/** The connection that the adapter speaks over. Those that it listens on are copies with other manners. */
class Speaker extends Client {
  readonly copies: Client[] = [];

  constructor(private readonly url: string) {
    super(url, SPEAKING);
  }

  override duplicate(): Client {
    const listener = new Client(this.url, LISTENING);
    this.copies.push(listener);
    return listener;
  }
}

/** The way to the other nodes, where `REDIS_URL` is set. */
@Injectable()
export class RedisLink implements OnApplicationShutdown {
  private readonly logger = new Logger(RedisLink.name);
  private readonly speaker: Speaker | null;
  private wasUp = true;
  private readonly listeners: (() => void)[] = [];
  /** Whether something may have been lost since the listeners were told last. */
  private lossy = false;

  constructor({ redisUrl }: Config) {
    this.speaker = redisUrl === null ? null : new Speaker(redisUrl);
    this.speaker?.on('ready', () => this.note(true));
    this.speaker?.on('error', () => this.note(false));
    this.speaker?.on('close', () => this.note(false));
  }

  isUp(): boolean {
    return this.speaker?.status === 'ready';
  }

  /** What socket.io is to be set up with: nothing without Redis. */
  serverOptions(): Partial<ServerOptions> {
    if (!this.speaker) return {};
    const adapter = createAdapter(this.speaker, { streamName: STREAM, channelPrefix: STREAM });
    for (const client of [this.speaker, ...this.speaker.copies]) {
      client.on('close', () => (this.lossy = true));
      client.on('ready', () => void this.tellBack());
    }
    return { adapter };
  }

  /** Called when nodes can be spoken to and heard again after a time in which something may have been lost. */
  onBack(listener: () => void): void {
    this.listeners.push(listener);
  }

  onApplicationShutdown(): void {
    if (!this.speaker) return;
    this.speaker.removeAllListeners('close');
    for (const client of [this.speaker, ...this.speaker.copies]) client.disconnect();
  }

  /** Once all connections are there, and Redis has taken the subscription: an answer on the same line says so. */
  private async tellBack(): Promise<void> {
    const { speaker } = this;
    if (!speaker || !this.lossy || [speaker, ...speaker.copies].some(({ status }) => status !== 'ready')) return;
    this.lossy = false;
    try {
      await Promise.all(speaker.copies.filter(({ hears }) => hears).map((client) => client.ping()));
    } catch {
      // Away again; the next time that all are ready tells.
      this.lossy = true;
      return;
    }
    for (const listener of this.listeners) listener();
  }

  /** One line when Redis goes and one when it comes back, however often it is tried. */
  private note(up: boolean): void {
    if (up === this.wasUp) return;
    this.wasUp = up;
    if (up) this.logger.log('Redis is back');
    else this.logger.warn('Redis is away: each node finds ended sessions by itself until it is back');
  }
}

const STREAM = 'oneseat:sockets';
