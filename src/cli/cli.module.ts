import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PasswordHasher } from '../auth/index.js';
import { Clock } from '../common/index.js';
import { ConfigModule } from '../config/config.module.js';
import type { Config } from '../config/index.js';
import { OwnAccount, ServiceScopes, SessionsService } from '../sessions/index.js';
import { StorageModule } from '../storage/storage.module.js';
import { ContactClaims, UsersService } from '../users/index.js';
import { Operations } from './operations.service.js';

/** The services that commands need, without HTTP, timers or listeners: a running server hands the events on. */
@Module({})
export class CliModule {
  static with(config: Config): DynamicModule {
    return {
      module: CliModule,
      imports: [ConfigModule.with(config, new Clock()), StorageModule.with(config), AccountsModule],
      providers: [PasswordHasher, ContactClaims, UsersService, OwnAccount, ServiceScopes, SessionsService, Operations],
    };
  }
}
