import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { AccountDeletion } from './account-deletion.service.js';
import { AccountEditor } from './account-editor.service.js';
import { ContactClaims } from './contact-claims.service.js';
import { CreationThrottle } from './creation-throttle.service.js';
import { DeletionSweeper } from './deletion-sweeper.service.js';
import { FirstAdmin } from './first-admin.service.js';
import { UserRegistration } from './user-registration.service.js';
import { UsersController } from './users.controller.js';
import { UsersPersonalData } from './users.personal-data.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [PersonalDataModule],
  controllers: [UsersController],
  providers: [
    UsersService,
    UserRegistration,
    ContactClaims,
    CreationThrottle,
    AccountEditor,
    AccountDeletion,
    DeletionSweeper,
    FirstAdmin,
    UsersPersonalData,
  ],
  exports: [UsersService, UserRegistration],
})
export class UsersModule {}
