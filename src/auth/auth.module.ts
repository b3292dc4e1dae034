import { Global, Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AuditModule } from '../audit/audit.module.js';
import { AccountPasswords } from './account-passwords.service.js';
import { AdminGuard } from './admin.guard.js';
import { ClaimCodes } from './claim-codes.service.js';
import { ClientPipe } from './client.decorator.js';
import { CodeLogin } from './code-login.service.js';
import { CookieJar } from './cookie-jar.js';
import { DeliberateGuard } from './deliberate.guard.js';
import { FailedLogins } from './failed-logins.service.js';
import { FreshProofGuard, OperatorProofGuard } from './fresh-proof.guard.js';
import { Forwarding } from './forwarding.js';
import { Identification } from './identification.service.js';
import { OneTimeCodes } from './one-time-codes.service.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordLogin } from './password-login.service.js';
import { PasswordStrategy } from './password.strategy.js';
import { Reauthentication } from './reauthentication.service.js';
import { ServiceGuard, ServiceKeys } from './service.guard.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SessionGuard } from './session.guard.js';
import { Throttle } from './throttle.service.js';

const SHARED = [
  AccountPasswords,
  AdminGuard,
  ClaimCodes,
  ClientPipe,
  CodeLogin,
  CookieJar,
  DeliberateGuard,
  Forwarding,
  FreshProofGuard,
  Identification,
  OneTimeCodes,
  OperatorProofGuard,
  PasswordHasher,
  PasswordLogin,
  Reauthentication,
  ServiceGuard,
  ServiceKeys,
  SessionGuard,
  Throttle,
];

/** Global, for any controller may use a guard. */
@Global()
@Module({
  imports: [AuditModule, PassportModule, SessionsModule],
  providers: [...SHARED, FailedLogins, PasswordStrategy],
  exports: [...SHARED, SessionsModule],
})
export class AuthModule {}
