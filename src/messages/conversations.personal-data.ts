import { Injectable } from '@nestjs/common';
import { PersonalData } from '../personal-data/index.js';
import { ConversationStore } from './conversation.store.js';

/** With whom somebody has written. The export has the messages themselves. */
@Injectable()
export class ConversationsPersonalData {
  constructor(personalData: PersonalData, store: ConversationStore) {
    personalData.register({
      name: 'conversations',
      erase: (userId) => personalData.inBatches((limit) => store.removeOf(userId, limit)),
    });
  }
}
