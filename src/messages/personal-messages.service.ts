import { Injectable } from '@nestjs/common';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';
import { toMessageView, type MessageView } from './message.view.js';

/** Messages that are read or removed at once. */
const BATCH = 200;

/** All that one person wrote and was written: to be taken along, and to go with the account. */
@Injectable()
export class PersonalMessages {
  constructor(private readonly store: MessageStore) {}

  /** Oldest first. */
  async *exportOf(userId: string): AsyncIterable<MessageView> {
    let batch: Message[] = [];
    do {
      batch = await this.store.listOf(userId, batch.at(-1)?.id ?? null, BATCH);
      yield* batch.map(toMessageView);
    } while (batch.length === BATCH);
  }

  /** Whole conversations, for one side of them is no use to the other. Repeating it changes nothing. */
  async eraseOf(userId: string): Promise<void> {
    let removed: Message[];
    do removed = await this.store.removeOf(userId, BATCH);
    while (removed.length > 0);
  }
}
