import { Injectable } from '@nestjs/common';
import { everyItem, PersonalData } from '../personal-data/index.js';
import { MessageImages } from './message-images.service.js';
import type { Message } from './message.js';
import { MessageStore } from './message.store.js';
import { toMessageView } from './message.view.js';

/** All that a person wrote and was written. It goes as a whole, for one side of a conversation is no use to the other. */
@Injectable()
export class MessagesPersonalData {
  constructor(personalData: PersonalData, store: MessageStore, images: MessageImages) {
    personalData.register({
      name: 'messages',
      // Oldest first.
      async *export(userId) {
        const all = everyItem<Message>((after, limit) => store.listOf(userId, after, limit));
        for await (const message of all) yield toMessageView(message);
      },
      erase: (userId) =>
        personalData.inBatches(async (limit) => {
          const messages = await store.listOf(userId, null, limit);
          // The pictures first, those that others sent too, and then exactly their messages: nothing else leads to them.
          const pictures = messages.flatMap(({ imageId }) => imageId ?? []);
          await personalData.forEach(pictures, (imageId) => images.discard(imageId));
          await store.remove(messages.map(({ id }) => id));
          return messages.length;
        }),
    });
  }
}
