import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { DevicesController } from './devices.controller.js';
import { DevicesPersonalData } from './devices.personal-data.js';
import { DevicesService } from './devices.service.js';

@Module({
  imports: [PersonalDataModule],
  controllers: [DevicesController],
  providers: [DevicesService, DevicesPersonalData],
})
export class DevicesModule {}
