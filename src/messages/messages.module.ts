import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { UsersModule } from '../users/users.module.js';
import { Contacts } from './contacts.service.js';
import { MessageAllowance } from './message-allowance.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { MessagesPersonalData } from './messages.personal-data.js';

const SHARED = [Contacts, MessagesService];

@Module({
  imports: [PersonalDataModule, UsersModule],
  controllers: [MessagesController],
  providers: [...SHARED, MessageAllowance, MessagesPersonalData],
  exports: SHARED,
})
export class MessagesModule {}
