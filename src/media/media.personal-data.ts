import { Injectable } from '@nestjs/common';
import { PersonalData } from '../personal-data/index.js';
import { ImageStore } from './image.store.js';
import { Images } from './images.service.js';

/** The export names pictures where they are shown: in the profile and in the messages. Everything that the person gave goes. */
@Injectable()
export class MediaPersonalData {
  constructor(personalData: PersonalData, store: ImageStore, images: Images) {
    personalData.register({
      name: 'pictures',
      erase: (userId) =>
        personalData.inBatches(async (limit) => {
          const given = await store.listOwned(userId, limit);
          await personalData.forEach(given, ({ id }) => images.discard(id));
          return given.length;
        }),
    });
  }
}
