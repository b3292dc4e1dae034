import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { LoginApproval } from './login-approval.service.js';
import { LoginService } from './login.service.js';
import { OwnAccount } from './own-account.service.js';
import { Policies } from './policies.service.js';
import { SessionActivity } from './session-activity.service.js';
import { ServiceScopes } from './service-scopes.service.js';
import { SessionSweeper } from './session-sweeper.service.js';
import { SessionValidator } from './session-validator.service.js';
import { SessionsPersonalData } from './sessions.personal-data.js';
import { SessionsService } from './sessions.service.js';
import { TakeoverService } from './takeover.service.js';
import { Tickets } from './tickets.service.js';

const SHARED = [
  LoginApproval,
  LoginService,
  OwnAccount,
  Policies,
  ServiceScopes,
  SessionsService,
  SessionValidator,
  TakeoverService,
  Tickets,
];

/** Sessions without HTTP: what the guards stand on. */
@Module({
  imports: [AuditModule, PersonalDataModule],
  providers: [...SHARED, SessionActivity, SessionSweeper, SessionsPersonalData],
  exports: SHARED,
})
export class SessionsModule {}
