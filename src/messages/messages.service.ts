import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Session } from '../accounts/index.js';
import { Clock, InvalidFieldError } from '../common/index.js';
import { UsersService } from '../users/index.js';
import { MessageAllowance } from './message-allowance.service.js';
import { MessageImages } from './message-images.service.js';
import { IdempotencyKeyReusedError, MessageNotFoundError } from './message.errors.js';
import { assertText } from './message.rules.js';
import { MessageStore, type MessageQuery, type Stored } from './message.store.js';
import { isBetween, type Draft, type Message } from './message.js';

/** What a person sends: words, an image, or both. */
export interface Outgoing {
  readonly to: string;
  readonly text?: string | undefined;
  readonly image?: Buffer | undefined;
}

/** Messages that are marked as read at a time: a few ms of SQLite's, far less than the 900 ms that one operation of MongoDB may take. */
const MARKED_AT_ONCE = 500;

/** Messages between two people. Whoever tells others of them listens to `onSent` and `onRead`. */
@Injectable()
export class MessagesService {
  private readonly news = new EventEmitter<{ sent: [message: Message]; read: [message: Message] }>();

  constructor(
    private readonly store: MessageStore,
    private readonly users: UsersService,
    private readonly images: MessageImages,
    private readonly allowance: MessageAllowance,
    private readonly clock: Clock,
  ) {}

  /**
   * Stored before it returns. A repeat under the same key changes nothing and gets the first message.
   * Throws `TooManyMessagesError`, `InvalidFieldError`, `UserNotFoundError`, `IdempotencyKeyReusedError`, and what
   * `Images.prepareMessageImage` throws.
   */
  async send(session: Session, outgoing: Outgoing, idempotencyKey: string | null): Promise<Stored> {
    this.allowance.take(session.id);
    const draft = await this.compose(session, outgoing);
    const stored = await this.store.add(draft, idempotencyKey);
    await this.images.settle(draft, stored);
    if (stored.repeated && !saysTheSame(stored.message, draft)) throw new IdempotencyKeyReusedError();
    // Also of a repeat: whoever stored the first one may have died before it could tell.
    this.news.emit('sent', stored.message);
    return stored;
  }

  /** Both directions. At most `limit`. */
  listWith(userId: string, otherId: string, query: MessageQuery): Promise<Message[]> {
    return this.store.listBetween(userId, otherId, query);
  }

  /**
   * Marks what the other has written, up to that message of either; however much it is, others have their turn meanwhile. Where
   * it breaks off in the middle, a repeat marks the rest. Throws `MessageNotFoundError`.
   */
  async markRead(session: Session, otherId: string, upTo: string): Promise<void> {
    const message = await this.store.find(upTo);
    if (!message || !isBetween(message, session.userId, otherId)) throw new MessageNotFoundError();
    const step = { upTo: message.seq, readAt: this.clock.now(), limit: MARKED_AT_ONCE };
    let last: Message | null = null;
    let more = true;
    try {
      while (more) {
        const marked = await this.store.markRead(session.userId, otherId, step);
        last = marked.last ?? last;
        more = marked.more;
        if (more) await nextTurn();
      }
    } finally {
      if (last) this.news.emit('read', last);
    }
  }

  /** Null for a message that does not exist. */
  find(id: string): Promise<Message | null> {
    return this.store.find(id);
  }

  /** Called with each message that this process has stored, before it is acknowledged; again where it is repeated. */
  onSent(listener: (message: Message) => void): void {
    this.news.on('sent', listener);
  }

  /** Called with the last of the messages that somebody has just read. */
  onRead(listener: (message: Message) => void): void {
    this.news.on('read', listener);
  }

  private async compose(session: Session, { to, text, image }: Outgoing): Promise<Draft> {
    if (text !== undefined || image === undefined) assertText(text ?? '');
    const recipient = await this.users.getById(to);
    const { userId: from } = session;
    if (recipient.id === from) throw new InvalidFieldError('to', 'must be somebody else');
    const id = uuidv7();
    const imageId = image === undefined ? null : await this.images.prepare(id, session, recipient.id, image);
    return { id, from, to: recipient.id, text: text ?? null, imageId, createdAt: this.clock.now(), readAt: null };
  }
}

/** An image cannot be compared: each try stores it under an id of its own. */
function saysTheSame(first: Message, { to, text, imageId }: Draft): boolean {
  return first.to === to && first.text === text && (first.imageId === null) === (imageId === null);
}
