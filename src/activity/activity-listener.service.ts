import { Injectable } from '@nestjs/common';
import { Outbox } from '../outbox/index.js';
import { activityOf } from './activity.js';
import { ActivityStore } from './activity.store.js';

/** Records the start and the end of each session, once. */
@Injectable()
export class ActivityListener {
  constructor(outbox: Outbox, store: ActivityStore) {
    outbox.listen(async (event) => {
      const activity = activityOf(event);
      if (activity) await store.add(activity);
    });
  }
}
