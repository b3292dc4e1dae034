import type { Message } from '../messages/index.js';

/** Messages that are read at once. */
const PAGE = 50;
/** What a node that has just begun to follow a conversation looks back for: messages whose news may still be on their way. */
const LOOK_BACK = 20;
const FRESH_MS = 5000;

/** What a feed needs of the world. */
export interface FeedSource {
  /** Those behind that number, lowest first. */
  read(after: number, limit: number): Promise<Message[]>;
  tell(message: Message): void;
}

/**
 * Hands on the messages of one conversation in the order of their numbers, each once, in whatever order their news comes.
 * What is missing in between is read from the store: it is there, for numbers have no gaps. Keeps numbers, no messages.
 */
export class ConversationFeed {
  /** The number of the last message that was handed on. */
  private told: number;
  /** The highest number that is said to be there. */
  private known = 0;
  private reading = false;

  /** `first` is the number of the first message that it hears of: older ones are told only if they are fresh. */
  constructor(
    private readonly source: FeedSource,
    private readonly first: number,
    private readonly now: Date,
  ) {
    this.told = Math.max(0, first - 1 - LOOK_BACK);
  }

  /** A message that is at hand: told in the same turn where it is the next one. */
  async add(message: Message): Promise<void> {
    if (this.reading || message.seq !== this.told + 1) return this.hear(message.seq);
    this.handOn(message);
  }

  /** A message that is said to be there. Rejects where the store cannot be read; the next news makes up for it. */
  async hear(seq: number): Promise<void> {
    this.known = Math.max(this.known, seq);
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.told < this.known) await this.readOn();
    } finally {
      this.reading = false;
    }
  }

  private async readOn(): Promise<void> {
    const messages = await this.source.read(this.told, PAGE);
    for (const message of messages) this.handOn(message);
    // What was said to be there is not: whoever said so was wrong.
    if (messages.length === 0) this.known = this.told;
  }

  private handOn(message: Message): void {
    this.told = message.seq;
    const old = message.seq < this.first && message.createdAt.getTime() < this.now.getTime() - FRESH_MS;
    if (!old) this.source.tell(message);
  }
}
