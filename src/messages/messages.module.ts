import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { Contacts } from './contacts.service.js';
import { MessageAllowance } from './message-allowance.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { PersonalMessages } from './personal-messages.service.js';

const SHARED = [Contacts, MessagesService, PersonalMessages];

@Module({
  imports: [UsersModule],
  controllers: [MessagesController],
  providers: [...SHARED, MessageAllowance],
  exports: SHARED,
})
export class MessagesModule {}
