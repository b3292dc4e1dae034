import { Injectable } from '@nestjs/common';
import { PersonalData } from '../personal-data/index.js';
import { Images } from './images.service.js';

/** The export names pictures where they are shown: in the profile and in the messages. */
@Injectable()
export class MediaPersonalData {
  constructor(personalData: PersonalData, images: Images) {
    personalData.register({ name: 'pictures', erase: (userId) => images.discardOwned(userId) });
  }
}
