import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsPersonalData } from './notifications.personal-data.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  imports: [OutboxModule, PersonalDataModule],
  controllers: [NotificationsController],
  providers: [NotificationsService, NotificationsPersonalData],
  exports: [NotificationsService],
})
export class NotificationsModule {}
