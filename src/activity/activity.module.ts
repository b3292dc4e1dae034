import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { ActivitiesController } from './activities.controller.js';
import { ActivitiesPersonalData } from './activities.personal-data.js';
import { Activities } from './activities.service.js';
import { ActivityListener } from './activity-listener.service.js';
import { ActivitySweeper } from './activity-sweeper.service.js';
import { AdminActivitiesController } from './admin-activities.controller.js';

@Module({
  imports: [OutboxModule, PersonalDataModule],
  controllers: [ActivitiesController, AdminActivitiesController],
  providers: [Activities, ActivityListener, ActivitySweeper, ActivitiesPersonalData],
  exports: [Activities],
})
export class ActivityModule {}
