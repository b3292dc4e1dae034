import { Global, Module } from '@nestjs/common';
import { Accounts } from './accounts.service.js';

/** Global: the account is what every room is about. */
@Global()
@Module({ providers: [Accounts], exports: [Accounts] })
export class AccountsModule {}
