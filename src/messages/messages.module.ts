import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { UsersModule } from '../users/users.module.js';
import { Acquaintances } from './acquaintances.service.js';
import { Contacts } from './contacts.service.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsPersonalData } from './conversations.personal-data.js';
import { Conversations } from './conversations.service.js';
import { ExactMatch } from './exact-match.service.js';
import { MessageImages } from './message-images.service.js';
import { MessageAllowance } from './message-allowance.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { MediaModule } from '../media/media.module.js';
import { ProfilesController } from './profiles.controller.js';
import { OutgoingMessagePipe } from './outgoing-message.decorator.js';
import { MessagesPersonalData } from './messages.personal-data.js';

const SHARED = [Acquaintances, Contacts, MessagesService];

@Module({
  imports: [MediaModule, PersonalDataModule, UsersModule],
  controllers: [MessagesController, ConversationsController, ProfilesController],
  providers: [
    ...SHARED,
    Conversations,
    ConversationsPersonalData,
    ExactMatch,
    MessageAllowance,
    MessageImages,
    MessagesPersonalData,
    OutgoingMessagePipe,
  ],
  exports: SHARED,
})
export class MessagesModule {}
