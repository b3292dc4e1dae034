import { Module } from '@nestjs/common';
import { LoginService } from './login.service.js';
import { SessionActivity } from './session-activity.service.js';
import { SessionSweeper } from './session-sweeper.service.js';
import { SessionValidator } from './session-validator.service.js';
import { SessionsService } from './sessions.service.js';
import { TakeoverService } from './takeover.service.js';

const SHARED = [LoginService, SessionsService, SessionValidator, TakeoverService];

/** Sessions without HTTP: what the guards stand on. */
@Module({ providers: [...SHARED, SessionActivity, SessionSweeper], exports: SHARED })
export class SessionsModule {}
