import { Module } from '@nestjs/common';
import { LoginRequestsController } from './login-requests.controller.js';
import { LoginController } from './login.controller.js';
import { LoginAnswer } from './login.view.js';
import { SessionsController } from './sessions.controller.js';

@Module({
  controllers: [LoginController, LoginRequestsController, SessionsController],
  providers: [LoginAnswer],
  exports: [LoginAnswer],
})
export class SessionsHttpModule {}
