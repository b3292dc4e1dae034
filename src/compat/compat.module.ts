import { Module } from '@nestjs/common';
import { ServiceModule } from '../service/service.module.js';
import { UsersModule } from '../users/users.module.js';
import { UserSessionManagementController } from './user-session-management.controller.js';
import { UserSessionManagement } from './user-session-management.service.js';

/** The earlier APIs, at the root. */
@Module({
  imports: [ServiceModule, UsersModule],
  controllers: [UserSessionManagementController],
  providers: [UserSessionManagement],
})
export class CompatModule {}
