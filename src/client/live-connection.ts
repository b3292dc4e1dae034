import type { Client } from 'openapi-fetch';
import { io, type Socket } from 'socket.io-client';
import { OneseatError, toOneseatError } from './client.errors.js';
import { tellEach } from './listeners.js';
import { MessageFeed, type Message } from './message-feed.js';
import type { components, paths } from './openapi.js';
import { sessionEndIn, type SessionEnd } from './session-end.js';

type Schemas = components['schemas'];

/** What the service tells. */
export interface LiveEvents {
  /** Of each conversation every message once, in its order, also those that came while the line was broken. */
  'message.created': (message: Message) => void;
  'message.read': (read: { by: string; with: string; upTo: string; readAt: string }) => void;
  typing: (typing: { from: string }) => void;
  /** Of those whom `watch` named. */
  presence: (presence: { userId: string; online: boolean }) => void;
  'notification.created': (notification: Schemas['NotificationView']) => void;
  'login.requested': (request: Pick<Schemas['NotificationView'], 'id' | 'device' | 'ip' | 'numbers'>) => void;
  'session.started': (session: Schemas['SessionView']) => void;
  /** Another session of the person. For this one's end see `Oneseat.onSessionEnded`. */
  'session.ended': (end: { id: string } & SessionEnd) => void;
}

/** By the other person's id: the `seq` of the last message. */
export type Positions = Readonly<Record<string, number>>;

export interface LiveOptions {
  readonly baseUrl: string;
  readonly api: Client<paths>;
  readonly tokenOf: () => string | null;
  readonly ended: (end: SessionEnd) => void;
  readonly since: Positions;
}

/** ms until an event that was not acknowledged is sent again, under the same key. */
const ACK_TIMEOUT = 10_000;
/** ms */
const OPEN_AGAIN = 1000;
/** All clients hear at once that they may have missed something, and ask within this time, in ms. */
const SPREAD = 1000;

/** The socket of a session. Get one from `Oneseat.connect`. */
export class LiveConnection {
  private readonly socket: Socket;
  private readonly feed: MessageFeed;
  private readonly listeners = new Map<keyof LiveEvents, Set<(payload: never) => void>>();
  private opened: Promise<void> | null = null;
  private sessionId: string | null = null;
  private watched: readonly string[] = [];
  private closed = false;
  private catchingUp: ReturnType<typeof setTimeout> | null = null;
  private giveUp: (reason: OneseatError) => void = () => undefined;
  private readonly givenUp = new Promise<never>((_, reject) => (this.giveUp = reject));

  constructor(private readonly options: LiveOptions) {
    const { baseUrl, api, tokenOf, since } = options;
    this.feed = new MessageFeed(api, since, (message) => this.tell('message.created', message));
    this.socket = io(baseUrl, {
      autoConnect: false,
      auth: (callback) => callback({ token: tokenOf() ?? undefined }),
      // One after the other, each until it is acknowledged.
      retries: Number.MAX_SAFE_INTEGER,
      ackTimeout: ACK_TIMEOUT,
    });
    this.givenUp.catch(() => undefined);
    this.listen();
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  on<E extends keyof LiveEvents>(event: E, listener: LiveEvents[E]): this {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
    return this;
  }

  off<E extends keyof LiveEvents>(event: E, listener: LiveEvents[E]): this {
    this.listeners.get(event)?.delete(listener);
    return this;
  }

  /** Resolves once the socket is open. Throws `OneseatError` where it is refused. */
  open(): Promise<void> {
    return (this.opened ??= this.openNow());
  }

  /** What was not acknowledged by then throws `OneseatError` `closed`. */
  close(): void {
    this.closed = true;
    this.giveUp(new OneseatError(0, 'closed', 'The connection has been closed.'));
    this.socket.close();
    this.feed.stop();
  }

  /** Stored once it resolves. Sent again under the same key until it is acknowledged, so it is stored once. Throws `OneseatError`. */
  async send(to: string, text: string, key: string = newKey()): Promise<Message> {
    return (await this.ask<{ message: Message }>('message.send', { to, text, key })).message;
  }

  /** What that person wrote has been read, up to the message with that id. Throws `OneseatError`. */
  async markRead(other: string, upTo: string): Promise<void> {
    await this.ask<object>('message.read', { with: other, upTo });
  }

  /** From now on `presence` tells of these people, 200 at most: at once, and when one comes or goes. Throws `OneseatError`. */
  async watch(userIds: readonly string[]): Promise<void> {
    this.watched = userIds;
    if (this.socket.connected) await this.askPresence();
  }

  /** Lost where the line is broken: it is news for a moment only. */
  typing(to: string): void {
    if (this.socket.connected) this.socket.volatile.emit('typing', { to });
  }

  private async askPresence(): Promise<void> {
    const userIds = this.watched;
    const { online } = await this.ask<{ online: readonly string[] }>('presence.watch', { userIds });
    for (const userId of userIds) this.tell('presence', { userId, online: online.includes(userId) });
  }

  private async ask<T extends object>(event: string, given: object): Promise<T> {
    const acknowledged = this.socket.emitWithAck(event, given) as Promise<T | { readonly error: unknown }>;
    const answer = await Promise.race([acknowledged, this.givenUp]);
    if ('error' in answer) throw toOneseatError(answer.error);
    return answer;
  }

  private async openNow(): Promise<void> {
    const { data, error, response } = await this.options.api.GET('/v1/sessions/current');
    if (!data) throw toOneseatError(error, response.status);
    this.sessionId = data.session.id;
    await this.feed.begin(data.user.id);
    // Another login may have closed it meanwhile.
    if (this.closed) await this.givenUp;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', (failure) => {
        const problem = problemIn(failure);
        if (problem) reject(toOneseatError(problem, 401));
      });
      // In a later turn: what the service says goes first.
      this.givenUp.catch(reject);
      this.socket.connect();
    });
  }

  private listen(): void {
    const { socket, feed } = this;
    socket.on('connect', () => {
      feed.catchUp();
      // What fails here is asked again at the next connection.
      if (this.watched.length > 0) this.askPresence().catch(() => undefined);
    });
    socket.on('messages.missed', () => this.catchUpSoon());
    socket.on('message.created', (message: Message) => feed.take(message));
    const passed = [
      'message.read',
      'typing',
      'presence',
      'notification.created',
      'login.requested',
      'session.started',
    ] as const;
    for (const event of passed) socket.on(event, (payload: unknown) => this.tell(event, payload as never));
    socket.on('session.ended', ({ id, ...end }: { id: string } & SessionEnd) => {
      if (id === this.sessionId) this.options.ended(end);
      else this.tell('session.ended', { id, ...end });
    });
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.openAgain();
    });
    // Without a problem the service was not reached, and socket.io goes on trying.
    socket.on('connect_error', (failure) => {
      const problem = problemIn(failure);
      const end = sessionEndIn(problem);
      if (end) this.options.ended(end);
      else if (problem) this.openAgain();
    });
  }

  /** Once for all who say so meanwhile: each node does. */
  private catchUpSoon(): void {
    this.catchingUp ??= setTimeout(() => {
      this.catchingUp = null;
      this.feed.catchUp();
    }, SPREAD * Math.random());
  }

  /** Where the service has closed the line for another reason than the session's end, too many packets perhaps. */
  private openAgain(): void {
    setTimeout(() => {
      if (!this.closed) this.socket.connect();
    }, OPEN_AGAIN);
  }

  private tell<E extends keyof LiveEvents>(event: E, payload: Parameters<LiveEvents[E]>[0]): void {
    tellEach(this.listeners.get(event) ?? [], payload as never);
  }
}

/** What the service said when it refused the socket. */
function problemIn(failure: Error): unknown {
  return 'data' in failure ? failure.data : undefined;
}

/** Not `randomUUID`: browsers keep it from pages that came over plain http. */
function newKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
