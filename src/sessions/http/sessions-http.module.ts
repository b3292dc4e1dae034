import { Module } from '@nestjs/common';
import { LoginController } from './login.controller.js';
import { LoginAnswer } from './login.view.js';
import { SessionsController } from './sessions.controller.js';

@Module({ controllers: [LoginController, SessionsController], providers: [LoginAnswer] })
export class SessionsHttpModule {}
