import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { ServiceLogins } from './service-logins.service.js';
import { ServiceSessionsController } from './service-sessions.controller.js';
import { ServiceUsersController } from './service-users.controller.js';

/** What other backends may do. */
@Module({
  imports: [UsersModule],
  controllers: [ServiceSessionsController, ServiceUsersController],
  providers: [ServiceLogins],
  exports: [ServiceLogins],
})
export class ServiceModule {}
