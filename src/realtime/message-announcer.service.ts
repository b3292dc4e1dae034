import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../common/index.js';
import { Acquaintances, conversationOf, MessagesService, toMessageView, type Message } from '../messages/index.js';
import { ConversationFeed } from './conversation-feed.js';
import type { Hint } from './hint.js';
import { Nodes } from './nodes.service.js';
import { Sockets } from './sockets.service.js';

/** Conversations that are followed at a time; one that is forgotten is begun anew. */
const FOLLOWED = 10_000;

/** Tells both people's sockets of their messages, in order, on this node and by hints on the others. */
@Injectable()
export class MessageAnnouncer implements OnModuleInit {
  private readonly logger = new Logger(MessageAnnouncer.name);
  private readonly feeds = new LRUCache<string, ConversationFeed>({ max: FOLLOWED });
  private readonly listeners: ((message: Message) => void)[] = [];

  constructor(
    private readonly messages: MessagesService,
    private readonly acquaintances: Acquaintances,
    private readonly sockets: Sockets,
    private readonly nodes: Nodes,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.messages.onSent((message) => {
      const { from, to, seq } = message;
      void this.safely(async () => this.feedOf(from, to, seq)?.add(message));
      this.nodes.hint({ about: 'message.created', from, to, seq });
    });
    this.messages.onRead((message) => {
      this.tellRead(message);
      this.nodes.hint({ about: 'message.read', id: message.id });
    });
    this.nodes.onHint((hint) => void this.safely(() => this.follow(hint)));
    this.nodes.onBack(() => {
      this.sockets.tellAll('messages.missed');
      // A node that only listens may have slept through it.
      this.nodes.hint({ about: 'messages.missed' });
    });
  }

  /** Nothing of it is stored. Somebody who has not written to them, or to whom they have not, does not hear of it. */
  async tellTyping(from: string, to: string): Promise<void> {
    if ((await this.acquaintances.close(from, [to])).length === 0) return;
    this.sockets.tell([to], null, 'typing', { from });
    this.nodes.hint({ about: 'typing', from, to });
  }

  /** A hint says little that is to be believed: what it is about is read from the store. */
  private async follow(hint: Hint): Promise<void> {
    switch (hint.about) {
      case 'message.created':
        await this.feedOf(hint.from, hint.to, hint.seq)?.hear(hint.seq);
        break;
      case 'message.read': {
        const message = await this.messages.find(hint.id);
        if (message) this.tellRead(message);
        break;
      }
      case 'messages.missed':
        this.sockets.tellAll('messages.missed');
        break;
      case 'typing':
        this.sockets.tell([hint.to], null, 'typing', { from: hint.from });
        break;
      default:
    }
  }

  /** Null where nobody is here to be told: who comes later asks for what they missed. */
  private feedOf(from: string, to: string, seq: number): ConversationFeed | null {
    const name = conversationOf(from, to);
    if (![from, to].some((userId) => this.sockets.isOnline(userId))) {
      this.feeds.delete(name);
      return null;
    }
    let feed = this.feeds.get(name);
    if (!feed) {
      const source = {
        read: (after: number, limit: number) => this.messages.listWith(from, to, { after, limit }),
        tell: (message: Message) => this.tellCreated(message),
      };
      this.feeds.set(name, (feed = new ConversationFeed(source, seq, this.clock.now())));
    }
    return feed;
  }

  /** Called with each message that is told to sockets of this node, in the order of its conversation. */
  onTold(listener: (message: Message) => void): void {
    this.listeners.push(listener);
  }

  private tellCreated(message: Message): void {
    this.sockets.tell([message.from, message.to], null, 'message.created', toMessageView(message));
    for (const listener of this.listeners) listener(message);
  }

  private tellRead({ id, from, to, readAt }: Message): void {
    if (!readAt) return;
    const read = { by: to, with: from, upTo: id, readAt: readAt.toISOString() };
    this.sockets.tell([from, to], null, 'message.read', read);
  }

  /** Nobody waits for it: whoever misses one sees the gap in the numbers, or asks after the next connection. */
  private async safely(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ err: error }, 'a message was not announced');
    }
  }
}
