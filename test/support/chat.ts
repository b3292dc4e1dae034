import { io, type Socket } from 'socket.io-client';
import { Api } from './api.js';

export interface ChatMessage {
  readonly id: string;
  readonly seq: number;
  readonly from: string;
  readonly text: string;
}

/** A tried message whose answer does not come is sent again after this time, in ms. */
const PATIENCE = 1000;

/**
 * What a client does so that nothing is lost or doubled: it takes messages by their numbers, asks for what is missing after
 * each connection and at each gap, and repeats what was not acknowledged under the same key. Reconnects by itself.
 */
export class ChatClient {
  /** Every message of the conversation, in the order in which it was taken. */
  readonly taken: ChatMessage[] = [];
  /** Numbers as they came over the socket, one list for each connection. */
  readonly heard: number[][] = [];
  private readonly api: Api;
  private readonly socket: Socket;
  private catchingUp: Promise<void> | null = null;
  private again = false;
  private wake: () => void = () => undefined;

  constructor(
    url: string,
    private readonly token: string,
    private readonly other: string,
  ) {
    this.api = new Api(url);
    const pauses = { reconnectionDelay: 50, reconnectionDelayMax: 200 };
    this.socket = io(url, { auth: { token }, forceNew: true, transports: ['websocket'], ...pauses });
    this.socket.on('connect', () => {
      this.heard.push([]);
      this.catchUp();
    });
    this.socket.on('message.created', (message: ChatMessage) => {
      this.heard.at(-1)!.push(message.seq);
      if (message.seq === this.next) this.take(message);
      else if (message.seq > this.next) this.catchUp();
    });
  }

  /** Tries until it is acknowledged. */
  async send(text: string, key: string): Promise<ChatMessage> {
    for (;;) {
      const given = { to: this.other, text, key };
      const answer = await this.socket
        .timeout(PATIENCE)
        .emitWithAck('message.send', given)
        .catch(() => ({ error: { status: 503 } }));
      if (answer.message) return answer.message;
      if (![429, 503].includes(answer.error.status)) throw new Error(JSON.stringify(answer.error));
      if (answer.error.status === 429)
        await new Promise((resolve) => setTimeout(resolve, 1000 * answer.error.retryAfter));
    }
  }

  /** Resolves once it has taken so many messages. Throws after `within` ms. */
  async until(count: number, within: number): Promise<void> {
    const giveUpAt = Date.now() + within;
    while (this.taken.length < count) {
      const left = giveUpAt - Date.now();
      if (left <= 0) throw new Error(`${this.taken.length} of ${count} messages, heard ${JSON.stringify(this.heard)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, left).unref();
      });
    }
  }

  close(): void {
    this.socket.disconnect();
  }

  private get next(): number {
    return this.taken.length + 1;
  }

  private take(message: ChatMessage): void {
    this.taken.push(message);
    this.wake();
  }

  /** One at a time: what comes meanwhile starts another round. */
  private catchUp(): void {
    this.again = true;
    this.catchingUp ??= this.readOn().finally(() => (this.catchingUp = null));
  }

  private async readOn(): Promise<void> {
    while (this.again) {
      this.again = false;
      const path = `/v1/messages?with=${this.other}&after=${this.taken.length}&limit=100`;
      // Where the server is gone, the next connection asks again.
      const answer = await this.api.get(path, { token: this.token }).catch(() => null);
      const items: ChatMessage[] = answer?.body.items ?? [];
      // Some may have come over the socket in the meantime.
      for (const message of items) if (message.seq === this.next) this.take(message);
      if (answer?.body.nextCursor) this.again = true;
    }
  }
}
