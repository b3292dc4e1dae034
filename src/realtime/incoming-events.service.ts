import { Injectable, Logger, type Type } from '@nestjs/common';
import { TokenBucket } from 'limiter';
import pLimit, { type LimitFunction } from 'p-limit';
import { isEnded, type Session } from '../accounts/index.js';
import { AppError, assertPlainJson, toProblem, validateInput } from '../common/index.js';
import { MessagesService, ReadMessagesDto, TooManyMessagesError, toMessageView } from '../messages/index.js';
import { InvalidTokenError, SessionEndedError, SessionValidator } from '../sessions/index.js';
import { Announcer } from './announcer.service.js';
import { SendMessageEvent, TypingEvent, WatchEvent } from './incoming-event.dto.js';
import { MessageAnnouncer } from './message-announcer.service.js';
import { PresenceAnnouncer } from './presence-announcer.service.js';
import type { SessionSocket } from './socket-events.js';

/** `typing` and `presence.watch` of one socket, each: a client says so every few seconds at most. */
const PER_SECOND = 1;
const BURST = 3;

/** Events of one socket that wait for their turn: more come only where the store is slow, or the client does not wait for answers. */
const MAX_WAITING = 40;

/** What the sockets ask for, those of one socket one after the other. Whatever comes is bounded by `limitPackets` before. */
@Injectable()
export class IncomingEvents {
  private readonly logger = new Logger(IncomingEvents.name);

  constructor(
    private readonly validator: SessionValidator,
    private readonly announcer: Announcer,
    private readonly messages: MessagesService,
    private readonly messageAnnouncer: MessageAnnouncer,
    private readonly presenceAnnouncer: PresenceAnnouncer,
  ) {}

  listen(socket: SessionSocket): void {
    const turn = pLimit(1);
    this.answer(socket, turn, 'message.send', SendMessageEvent, async (session, { to, text, key }) => {
      this.validator.recordUse(session);
      const { message } = await this.messages.send(session, { to, text }, key);
      return { message: toMessageView(message) };
    });
    this.answer(socket, turn, 'message.read', ReadMessagesDto, async (session, { with: other, upTo }) => {
      await this.messages.markRead(session, other, upTo);
      return {};
    });
    const typing = newBucket();
    this.answer(socket, turn, 'typing', TypingEvent, async ({ userId }, { to }) => {
      if (!typing.tryRemoveTokens(1)) throw new TooManyMessagesError();
      await this.messageAnnouncer.tellTyping(userId, to);
      return {};
    });
    const watching = newBucket();
    this.answer(socket, turn, 'presence.watch', WatchEvent, async (_, { userIds }) => {
      if (!watching.tryRemoveTokens(1)) throw new TooManyMessagesError();
      return { online: await this.presenceAnnouncer.watch(socket, userIds) };
    });
  }

  private answer<D extends object>(
    socket: SessionSocket,
    turn: LimitFunction,
    event: string,
    dto: Type<D>,
    work: (session: Session, given: D) => Promise<object>,
  ): void {
    socket.on(event, async (...args) => {
      const acknowledge = toAcknowledge(args.at(-1));
      try {
        if (turn.pendingCount >= MAX_WAITING) throw new TooManyMessagesError();
        acknowledge(await turn(() => this.take(socket, dto, args[0], work)));
      } catch (error) {
        acknowledge({ error: this.toEventError(error) });
      }
    });
  }

  /** The session is asked for each time: one that has ended can do nothing, though its socket is not closed yet. */
  private async take<D extends object>(
    socket: SessionSocket,
    dto: Type<D>,
    given: unknown,
    work: (session: Session, given: D) => Promise<object>,
  ): Promise<object> {
    const session = await this.getLive(socket);
    assertPlainJson(given);
    return work(session, validateInput(dto, given));
  }

  private async getLive(socket: SessionSocket): Promise<Session> {
    const session = await this.validator.look(socket.data);
    if (!session) throw new InvalidTokenError();
    if (!isEnded(session)) return session;
    // After the answer, which would not get through a closed socket.
    setImmediate(() => this.announcer.sessionEnded(session));
    throw new SessionEndedError(session);
  }

  /** The members of the HTTP problem that a program decides by. */
  private toEventError(error: unknown): object {
    if (!(error instanceof AppError)) this.logger.error({ err: error }, 'an event failed');
    const { code, detail, status, details, retryAfter } = toProblem(error);
    return { code, detail, status, ...(retryAfter !== undefined && { retryAfter }), ...details };
  }
}

function newBucket(): TokenBucket {
  const bucket = new TokenBucket({
    bucketSize: BURST,
    tokensPerInterval: PER_SECOND,
    interval: 'second',
  });
  bucket.content = BURST;
  return bucket;
}

function toAcknowledge(last: unknown): (answer: object) => void {
  return typeof last === 'function' ? (last as (answer: object) => void) : () => undefined;
}
