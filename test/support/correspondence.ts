import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from './api.js';

interface Message {
  readonly id: string;
  readonly seq: number;
  readonly from: string;
  readonly text: string;
}

interface Writer {
  readonly id: string;
  readonly token: string;
  /** What was acknowledged to them, in the order in which they wrote. */
  readonly acknowledged: Message[];
  /** What they have read of both, each message by its number. */
  readonly read: Message[];
}

/** ms between two messages of one person: the service slows down who writes more than ten a second. */
const PAUSE = 110;

/** Two people who write to each other, and read after each message what has come. Each stays in the one session that they began. */
export class Correspondence {
  readonly faults: string[] = [];
  private constructor(private readonly writers: readonly [Writer, Writer]) {}

  static async begin(api: Api): Promise<Correspondence> {
    const enter = async (): Promise<Writer> => {
      const { id } = await api.createUser();
      const { token } = (await api.serviceLogin(id)).body;
      return { id, token, acknowledged: [], read: [] };
    };
    return new Correspondence([await enter(), await enter()]);
  }

  get count(): number {
    return this.writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  }

  /** Each on a node of their own, until `over` says so. */
  async load(apis: readonly [Api, Api], over: () => boolean): Promise<void> {
    const [one, other] = this.writers;
    await Promise.all([this.write(apis[0], one, other, over), this.write(apis[1], other, one, over)]);
  }

  /** What was acknowledged is there once, in order; what was read is there too, for numbers are never given anew. */
  async check(api: Api): Promise<void> {
    const [one, other] = this.writers;
    const all: Message[] = [];
    while (await this.readOn(api, one, other, all));
    if (all.some(({ seq }, index) => seq !== index + 1)) this.faults.push('the messages are not numbered in order');
    const byId = new Map(all.map((message) => [message.id, message]));
    for (const { id, acknowledged, read } of this.writers) {
      const lost = acknowledged.filter((message) => !same(byId.get(message.id), message));
      if (lost.length > 0) this.faults.push(`${lost.length} acknowledged messages are lost or changed`);
      const texts = all.filter(({ from }) => from === id).map(({ text }) => text);
      const inOrder = texts.every((text, index) => text === String(index + 1));
      // One may have been stored without an answer: the last one.
      if (!inOrder || texts.length > acknowledged.length + 1)
        this.faults.push(`messages came doubled or out of order: ${texts.join()}`);
      const gone = read.filter((message, index) => !same(all[index], message));
      if (gone.length > 0) this.faults.push(`${gone.length} messages are gone that were read before`);
    }
  }

  private async write(api: Api, writer: Writer, to: Writer, over: () => boolean): Promise<void> {
    while (!over()) {
      const text = String(writer.acknowledged.length + 1);
      const { status, body } = await api.post('/v1/messages', {
        token: writer.token,
        body: { to: to.id, text },
        headers: { 'Idempotency-Key': text },
      });
      if (status === 201) writer.acknowledged.push(body);
      else if (status !== 503) this.faults.push(`a message is answered ${status}: ${JSON.stringify(body)}`);
      await this.readOn(api, writer, to, writer.read);
      await delay(PAUSE);
    }
  }

  /** Asks for what follows. False where there was none. */
  private async readOn(api: Api, { token }: Writer, other: Writer, read: Message[]): Promise<boolean> {
    const query = `with=${other.id}&after=${read.length}&limit=100`;
    const { status, body } = await api.get(`/v1/messages?${query}`, { token });
    if (status === 503) return true;
    if (status !== 200) this.faults.push(`messages are answered ${status}: ${JSON.stringify(body)}`);
    read.push(...(body.items ?? []));
    return body.items?.length > 0;
  }
}

/** `readAt` and the like may have changed since. */
function same(one: Message | undefined, other: Message): boolean {
  return one?.id === other.id && one.seq === other.seq && one.text === other.text && one.from === other.from;
}
