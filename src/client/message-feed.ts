import type { Client } from 'openapi-fetch';
import { toOneseatError } from './client.errors.js';
import type { components, paths } from './openapi.js';

export type Message = components['schemas']['MessageView'];

const PAGE = 100;
/** ms after which a catching up that failed is tried again. */
const TRY_AGAIN = 1000;

/**
 * Makes of the events of a socket, which may miss some, every message once and in its order: `seq` counts within a conversation without a
 * gap, so that a gap is seen and filled over HTTP.
 */
export class MessageFeed {
  /** By the other person's id: the `seq` up to which all has been told. */
  private readonly told: Map<string, number>;
  private work: Promise<void> = Promise.resolve();
  private stopped = false;
  private catchesUpNext = false;
  private userId = '';

  constructor(
    private readonly api: Client<paths>,
    since: Readonly<Record<string, number>>,
    private readonly tell: (message: Message) => void,
  ) {
    this.told = new Map(Object.entries(since));
  }

  /** Before the socket opens: what is there by now is no news, but for conversations that the application named. */
  async begin(userId: string): Promise<void> {
    this.userId = userId;
    for await (const { other, last } of this.conversations()) if (!this.told.has(other)) this.told.set(other, last);
  }

  /** At each opening of the line, and where the service says that it missed some. Once for all who ask before it begins. */
  catchUp(): void {
    if (this.catchesUpNext) return;
    this.catchesUpNext = true;
    this.inTurn(async () => {
      this.catchesUpNext = false;
      for await (const { other, last } of this.conversations()) if (last > this.upTo(other)) await this.fill(other);
    });
  }

  take(message: Message): void {
    this.inTurn(async () => {
      const { seq, from, to } = message;
      const other = from === this.userId ? to : from;
      if (seq === this.upTo(other) + 1) this.pass(other, message);
      else if (seq > this.upTo(other)) await this.fill(other);
    });
  }

  stop(): void {
    this.stopped = true;
  }

  private inTurn(task: () => Promise<void>): void {
    const attempt = async (): Promise<void> => {
      while (!this.stopped) {
        try {
          await task();
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN));
        }
      }
    };
    this.work = this.work.then(attempt);
  }

  private async fill(other: string): Promise<void> {
    for (let full = true; full && !this.stopped;) {
      const query = { with: other, after: this.upTo(other), limit: PAGE };
      const { data, error, response } = await this.api.GET('/v1/messages', { params: { query } });
      if (!data) throw toOneseatError(error, response.status);
      for (const message of data.items) this.pass(other, message);
      full = data.items.length === PAGE;
    }
  }

  /** Everybody there is a message from or to, with the number of the last one. From the oldest on, so that none moves past unseen. */
  private async *conversations(): AsyncGenerator<{ other: string; last: number }> {
    let cursor: string | null | undefined;
    do {
      const query = { order: 'oldest' as const, limit: PAGE, ...(cursor && { cursor }) };
      const { data, error, response } = await this.api.GET('/v1/conversations', { params: { query } });
      if (!data) throw toOneseatError(error, response.status);
      for (const { user, lastMessage } of data.items) yield { other: user.id, last: lastMessage.seq };
      cursor = data.nextCursor;
    } while (cursor);
  }

  private pass(other: string, message: Message): void {
    this.told.set(other, message.seq);
    if (!this.stopped) this.tell(message);
  }

  private upTo(other: string): number {
    return this.told.get(other) ?? 0;
  }
}
