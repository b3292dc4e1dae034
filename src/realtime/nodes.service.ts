import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { EventEmitter } from 'node:events';
import { MAX_PEOPLE, type Hint } from './hint.js';
import { HintSeal } from './hint-seal.service.js';
import { RedisLink } from './redis-link.js';

/** How long answers of the other nodes are waited for, in ms. */
const ASK_TIMEOUT = 500;

/** The other nodes, through Redis. Without it, or while it is away, nobody hears and nobody answers. */
@Injectable()
export class Nodes implements OnModuleInit {
  private readonly logger = new Logger(Nodes.name);
  private readonly hints = new EventEmitter<{ hint: [hint: Hint] }>();
  /** What takes an answer to a question of this node, by the question's id. */
  private readonly asked = new Map<string, (online: readonly string[]) => void>();

  constructor(
    private readonly redis: RedisLink,
    private readonly seal: HintSeal,
  ) {}

  onModuleInit(): void {
    this.redis.onMessage((text) => void this.hear(text));
    this.onHint((hint) => {
      if (hint.about === 'presence.answered') this.asked.get(hint.question)?.(hint.people);
    });
  }

  /** Whether there are others who could be asked. */
  areReachable(): boolean {
    return this.redis.isUp();
  }

  hint(hint: Hint): void {
    if (this.redis.isUp()) void this.say(hint);
  }

  /** That somebody may have come or gone on this node. */
  hintPresence(person: string): void {
    this.hint({ about: 'presence', person, node: this.seal.node });
  }

  onHint(listener: (hint: Hint) => void): void {
    this.hints.on('hint', listener);
  }

  /** Called when the other nodes can be reached again; hints to and from this one may have been lost before. */
  onBack(listener: () => void): void {
    this.redis.onBack(listener);
  }

  /** Those of the users who have a socket on another node, as far as the nodes have answered in time. */
  async askOnline(userIds: readonly string[]): Promise<string[]> {
    const parts = Array.from({ length: Math.ceil(userIds.length / MAX_PEOPLE) }, (_, index) =>
      userIds.slice(index * MAX_PEOPLE, (index + 1) * MAX_PEOPLE),
    );
    return (await Promise.all(parts.map((part) => this.askPart(part)))).flat();
  }

  onOnlineAsked(answer: (userIds: readonly string[]) => string[]): void {
    this.onHint((hint) => {
      if (hint.about !== 'presence.asked') return;
      this.hint({ about: 'presence.answered', question: hint.question, people: answer(hint.people) });
    });
  }

  private async askPart(people: readonly string[]): Promise<string[]> {
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
        if (missing === 0 || online.size === people.length) resolve();
      });
    });
    this.hint({ about: 'presence.asked', question, people });
    await Promise.race([answered, timeUp]);
    this.asked.delete(question);
    return [...online];
  }

  /** None where Redis is lost meanwhile. */
  private async countOthers(): Promise<number> {
    const all = await this.redis.countListeners().catch(() => 1);
    return all - 1;
  }

  private async say(hint: Hint): Promise<void> {
    try {
      this.redis.publish(await this.seal.close(hint));
    } catch (error) {
      this.logger.warn({ err: error }, 'a hint was not sent');
    }
  }

  private async hear(text: string): Promise<void> {
    try {
      const hint = await this.seal.open(text);
      if (hint) this.hints.emit('hint', hint);
    } catch (error) {
      this.logger.warn({ err: error }, 'a hint was not read');
    }
  }
}
