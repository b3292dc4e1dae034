import { Module } from '@nestjs/common';
import { AccountEditor } from './account-editor.service.js';
import { FirstAdmin } from './first-admin.service.js';
import { UserRegistration } from './user-registration.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [UsersService, UserRegistration, AccountEditor, FirstAdmin],
  exports: [UsersService, UserRegistration],
})
export class UsersModule {}
