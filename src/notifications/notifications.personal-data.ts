import { Injectable } from '@nestjs/common';
import { everyItem, PersonalData } from '../personal-data/index.js';
import type { Notification } from './notification.js';
import { NotificationStore } from './notification.store.js';
import { toNotificationView } from './notification.view.js';

@Injectable()
export class NotificationsPersonalData {
  constructor(personalData: PersonalData, store: NotificationStore) {
    personalData.register({
      name: 'notifications',
      async *export(userId) {
        const all = everyItem<Notification>((before, limit) =>
          store.list(userId, { unreadOnly: false, before, limit }),
        );
        for await (const notification of all) yield toNotificationView(notification);
      },
      erase: (userId) => personalData.inBatches((limit) => store.removeOfUser(userId, limit)),
    });
  }
}
