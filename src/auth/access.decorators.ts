import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../common/index.js';
import type { ServiceScope } from '../config/index.js';
import { SessionEndedProblemView } from '../sessions/index.js';
import { AdminGuard } from './admin.guard.js';
import { DeliberateGuard } from './deliberate.guard.js';
import { FreshProofGuard, OperatorProofGuard } from './fresh-proof.guard.js';
import { ServiceOrSessionGuard } from './service-or-session.guard.js';
import { NeededScopes, ServiceGuard } from './service.guard.js';
import { SessionGuard } from './session.guard.js';

/** Names of the security schemes in the OpenAPI document. */
export const SECURITY = { bearer: 'bearer', cookie: 'cookie', service: 'service' } as const;

const ENDED = 'authentication_required, invalid_token or session_<endReason>';

/** For a person with a live session. */
export const UserOnly = () =>
  applyDecorators(
    UseGuards(SessionGuard),
    ApiBearerAuth(SECURITY.bearer),
    ApiCookieAuth(SECURITY.cookie),
    ApiProblem(401, ENDED, SessionEndedProblemView),
  );

/** For a person with a live session and the role `admin`. */
export const AdminOnly = () =>
  applyDecorators(UserOnly(), UseGuards(AdminGuard), ApiProblem(403, 'admin_required or fresh_proof_required'));

/** A GET that does more than read: not by a link of another site, nor before the person has followed the link. */
export const Deliberate = () => UseGuards(DeliberateGuard);

/** What a stolen session must not do: for a person who has proved who they are within the last five minutes. */
export const FreshlyProved = (problems = 'fresh_proof_required') =>
  applyDecorators(UseGuards(FreshProofGuard), ApiProblem(403, problems));

/** As `FreshlyProved`, of an administrator alone. */
export const OperatorFreshlyProved = () =>
  applyDecorators(UseGuards(OperatorProofGuard), ApiProblem(403, 'fresh_proof_required'));

/** What a service key must be good for, to make the call: every call that services may make says so. */
export const NeedsScope = (...scopes: ServiceScope[]) =>
  applyDecorators(NeededScopes(scopes), ApiProblem(403, 'service_scope_required'));

/** For another backend. Each call has its `NeedsScope`. */
export const ServiceOnly = () =>
  applyDecorators(UseGuards(ServiceGuard), ApiSecurity(SECURITY.service), ApiProblem(401, 'service_key_required'));

/** For another backend, or a person with a live session. Each call has its `NeedsScope`. */
export const ServiceOrUser = () =>
  applyDecorators(
    UseGuards(ServiceOrSessionGuard),
    ApiSecurity(SECURITY.service),
    ApiBearerAuth(SECURITY.bearer),
    ApiCookieAuth(SECURITY.cookie),
    ApiProblem(401, `service_key_required, ${ENDED}`, SessionEndedProblemView),
  );
