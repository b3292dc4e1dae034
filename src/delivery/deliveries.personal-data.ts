import { Injectable } from '@nestjs/common';
import { PersonalData } from '../personal-data/index.js';
import { FormerContactTarget } from './former-contact.target.js';
import { MailTarget } from './mail.target.js';
import { PersonDeliveriesStore } from './person-deliveries.store.js';
import { PushTarget } from './push.target.js';
import { TextTarget } from './text.target.js';

/** What waits for the person themselves is not sent any more. What waits for a webhook still goes: it has to know, too. */
@Injectable()
export class DeliveriesPersonalData {
  constructor(
    personalData: PersonalData,
    store: PersonDeliveriesStore,
    mail: MailTarget,
    push: PushTarget,
    text: TextTarget,
    formerContact: FormerContactTarget,
  ) {
    const own = [mail.id, push.id, text.id, formerContact.id];
    personalData.register({
      name: 'deliveries',
      erase: (userId) => personalData.inBatches((limit) => store.remove(userId, own, limit)),
    });
  }
}
