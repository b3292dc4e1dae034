import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { RedisLink } from './redis-link.js';
import type { Hint, SocketServer } from './socket-events.js';

/** How long answers of the other nodes are waited for, in ms. */
const ASK_TIMEOUT = 500;

/** The other nodes, through Redis. Without it, or while it is away, nobody hears and nobody answers. */
@Injectable()
export class Nodes {
  private server!: SocketServer;
  /** What takes an answer to a question of this node, by the question's id. */
  private readonly asked = new Map<string, (online: readonly string[]) => void>();

  constructor(private readonly redis: RedisLink) {}

  attach(server: SocketServer): void {
    this.server = server;
    server.on('present', (question, online) => this.asked.get(question)?.(online));
  }

  /** Whether there are others who could be asked. */
  areReachable(): boolean {
    return this.redis.isUp();
  }

  hint(hint: Hint): void {
    if (this.redis.isUp()) this.server.serverSideEmit('hint', hint);
  }

  onHint(listener: (hint: Hint) => void): void {
    this.server.on('hint', listener);
  }

  /** Called when the other nodes can be reached again; hints to and from this one may have been lost before. */
  onBack(listener: () => void): void {
    this.redis.onBack(listener);
  }

  /**
   * Those of the users who have a socket on another node, as far as the nodes have answered in time. Answers are events of
   * their own: acknowledgements, the adapter's way, are handed over all together, or after 5 s what has come of them.
   */
  async askOnline(userIds: readonly string[]): Promise<string[]> {
    if (!this.redis.isUp()) return [];
    const timeUp = delay(ASK_TIMEOUT, null, { ref: false });
    const others = await Promise.race([this.countOthers(), timeUp]);
    if (!others) return [];
    const question = randomUUID();
    const online = new Set<string>();
    const answered = new Promise<void>((resolve) => {
      let missing = others;
      this.asked.set(question, (present) => {
        for (const id of present) online.add(id);
        missing -= 1;
        if (missing === 0 || online.size === userIds.length) resolve();
      });
    });
    this.server.serverSideEmit('online', question, userIds);
    await Promise.race([answered, timeUp]);
    this.asked.delete(question);
    return [...online];
  }

  onOnlineAsked(answer: (userIds: readonly string[]) => string[]): void {
    this.server.on('online', (question, userIds) => {
      this.server.serverSideEmit('present', question, answer(userIds));
    });
  }

  /** None where Redis is lost meanwhile. */
  private async countOthers(): Promise<number> {
    const all = await this.server.sockets.adapter.serverCount().catch(() => 1);
    return all - 1;
  }
}
