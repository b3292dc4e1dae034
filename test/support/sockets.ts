import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type Transport = 'websocket' | 'polling';
export const TRANSPORTS: readonly Transport[] = ['websocket', 'polling'];

type Options = Partial<ManagerOptions & SocketOptions>;

/** A socket.io client that keeps all it has heard. */
export class TestSocket {
  /** Event and payload, in the order of their arrival; `disconnect` with its reason among them. */
  readonly heard: [event: string, payload: any][] = [];
  private readonly waiting = new Set<() => void>();

  constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => this.note(event, payload));
    socket.on('disconnect', (reason) => this.note('disconnect', reason));
    socket.on('connect_error', (error) => this.note('connect_error', error));
  }

  /** The payloads of an event, once there are so many. Fails after 10 s with what was heard instead. */
  async hear(event: string, count = 1): Promise<any[]> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      const found = this.heard.filter(([name]) => name === event).map(([, payload]) => payload);
      if (found.length >= count) return found;
      if (Date.now() > giveUpAt) throw new Error(`no ${event}, but ${JSON.stringify(this.heard)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 10_000);
        this.waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  events(): string[] {
    return this.heard.map(([event]) => event);
  }

  close(): void {
    this.socket.disconnect();
  }

  private note(event: string, payload: unknown): void {
    this.heard.push([event, payload]);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

/** Begins to connect, on a connection of its own. */
export function openSocket(url: string, options: Options): TestSocket {
  return new TestSocket(io(url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options }));
}

/** Connected. Throws the `connect_error`. */
export async function connect(url: string, token: string, options: Options = {}): Promise<TestSocket> {
  const test = openSocket(url, { auth: { token }, ...options });
  await new Promise<void>((resolve, reject) => {
    test.socket.once('connect', resolve);
    test.socket.once('connect_error', reject);
  });
  return test;
}

/** The `data` of the refusal. Throws where the socket is let in, or the refusal says nothing. */
export async function refusal(url: string, options: Options): Promise<any> {
  const { socket } = openSocket(url, options);
  try {
    return await new Promise((resolve, reject) => {
      socket.once('connect', () => reject(new Error('the socket was let in')));
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        if (error.data === undefined) reject(error);
        else resolve(error.data);
      });
    });
  } finally {
    socket.disconnect();
  }
}
