import { Injectable } from '@nestjs/common';
import { PersonalData } from '../personal-data/index.js';
import { MessageImages } from './message-images.service.js';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';
import { toMessageView } from './message.view.js';

/** Messages that are read at once. */
const BATCH = 200;

/** All that a person wrote and was written. It goes as a whole, for one side of a conversation is no use to the other. */
@Injectable()
export class MessagesPersonalData {
  constructor(personalData: PersonalData, store: MessageStore, images: MessageImages) {
    personalData.register({
      name: 'messages',
      // Oldest first.
      async *export(userId) {
        let batch: Message[] = [];
        do {
          batch = await store.listOf(userId, batch.at(-1)?.id ?? null, BATCH);
          yield* batch.map(toMessageView);
        } while (batch.length === BATCH);
      },
      erase: (userId) =>
        personalData.inBatches(async (limit) => {
          // The pictures first, those that others sent too: nothing would lead to them any more.
          for (const { imageId } of await store.listOf(userId, null, limit)) if (imageId) await images.discard(imageId);
          return (await store.removeOf(userId, limit)).length;
        }),
    });
  }
}
