import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.js';
import { AuditListener } from './audit-listener.service.js';
import { AuditLog } from './audit.service.js';
import { AuditSweeper } from './audit-sweeper.service.js';

@Module({ imports: [OutboxModule], providers: [AuditLog, AuditListener, AuditSweeper], exports: [AuditLog] })
export class AuditModule {}
