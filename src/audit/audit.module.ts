import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { AuditListener } from './audit-listener.service.js';
import { AuditPersonalData } from './audit.personal-data.js';
import { AuditLog } from './audit.service.js';
import { AuditSweeper } from './audit-sweeper.service.js';

@Module({
  imports: [OutboxModule, PersonalDataModule],
  providers: [AuditLog, AuditListener, AuditSweeper, AuditPersonalData],
  exports: [AuditLog],
})
export class AuditModule {}
