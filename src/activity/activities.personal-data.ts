import { Injectable } from '@nestjs/common';
import { everyItem, PersonalData } from '../personal-data/index.js';
import type { Activity } from './activity.js';
import { ActivityStore } from './activity.store.js';
import { toActivityView } from './activity.view.js';

@Injectable()
export class ActivitiesPersonalData {
  constructor(personalData: PersonalData, store: ActivityStore) {
    personalData.register({
      name: 'activities',
      async *export(userId) {
        const all = everyItem<Activity>((before, limit) => store.listOfUser(userId, { before, limit }));
        for await (const activity of all) yield toActivityView(activity);
      },
      erase: (userId) => personalData.inBatches((limit) => store.removeOfUser(userId, limit)),
    });
  }
}
