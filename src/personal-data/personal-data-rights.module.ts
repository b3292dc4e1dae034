import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { Erasures } from './erasures.service.js';
import { ExportController } from './export.controller.js';
import { PersonalDataExport } from './export.service.js';
import { PersonalDataModule } from './personal-data.module.js';

/** What a person may ask for: everything that is kept of them, and that nothing is. */
@Module({
  imports: [OutboxModule, PersonalDataModule],
  controllers: [ExportController],
  providers: [Erasures, PersonalDataExport],
})
export class PersonalDataRightsModule {}
