import { Injectable } from '@nestjs/common';
import { RedisLink } from './redis-link.js';
import type { Hint, SocketServer } from './socket-events.js';

/** How long an answer of the other nodes is waited for, in ms. */
const ASK_TIMEOUT = 500;

/** The other nodes, through Redis. Without it, or while it is away, nobody hears and nobody answers. */
@Injectable()
export class Nodes {
  private server!: SocketServer;

  constructor(private readonly redis: RedisLink) {}

  attach(server: SocketServer): void {
    this.server = server;
  }

  hint(hint: Hint): void {
    if (this.redis.isUp()) this.server.serverSideEmit('hint', hint);
  }

  onHint(listener: (hint: Hint) => void): void {
    this.server.on('hint', listener);
  }

  /** Those of the users who have a socket on another node. */
  async askOnline(userIds: readonly string[]): Promise<string[]> {
    if (!this.redis.isUp()) return [];
    return new Promise((resolve) => {
      const giveUp = () => {
        resolve([]);
      };
      const timer = setTimeout(giveUp, ASK_TIMEOUT);
      const answer = (_: unknown, answers: string[][]) => {
        clearTimeout(timer);
        resolve(answers.flat());
      };
      // Straight to the adapter: `server.serverSideEmit` drops the promise in which a lost Redis is reported.
      const asking = async () => this.server.sockets.adapter.serverSideEmit(['online', userIds, answer]);
      asking().catch(giveUp);
    });
  }

  onOnlineAsked(answer: (userIds: readonly string[]) => string[]): void {
    this.server.on('online', (userIds, reply) => {
      reply(answer(userIds));
    });
  }
}
