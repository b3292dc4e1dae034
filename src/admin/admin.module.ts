import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CodesModule } from '../codes/codes.module.js';
import { UsersModule } from '../users/users.module.js';
import { AdminAuditController } from './admin-audit.controller.js';
import { AdminPoliciesController } from './admin-policies.controller.js';
import { AdminRecoveryController } from './admin-recovery.controller.js';
import { AdminSessionsController } from './admin-sessions.controller.js';
import { AdminUsersController } from './admin-users.controller.js';
import { Directory } from './directory.service.js';
import { PolicyAdmin } from './policy-admin.service.js';

@Module({
  imports: [UsersModule, AuditModule, CodesModule],
  controllers: [
    AdminUsersController,
    AdminRecoveryController,
    AdminSessionsController,
    AdminPoliciesController,
    AdminAuditController,
  ],
  providers: [Directory, PolicyAdmin],
  exports: [Directory],
})
export class AdminModule {}
