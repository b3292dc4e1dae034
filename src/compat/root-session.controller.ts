import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Client, CookieJar, Deliberate, SECURITY, ServiceIfAny, TokenIfAny } from '../auth/index.js';
import { ApiProblem, RouteFlag, RoutesFlag, TakesFormFields } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { LoginAnswer, PendingLoginView } from '../sessions/http/index.js';
import { RootLogin } from './root-login.service.js';
import { RootLogout } from './root-logout.service.js';
import { RootLoginDto, RootLogoutDto } from './root-session.dto.js';
import { RootLoginView, RootLogoutView, toRootLogin, toRootLogout } from './root-session.view.js';
import { LegacyAnswerView } from './user-session-management.view.js';

const REFUSED = 'There is already a session up and running. Please log out and log in again.';

/** `/login` and `/logout`, which the earlier APIs share: every body of the five documents, and the union of their answers. */
@ApiTags('Earlier APIs: login and logout')
@Controller()
@RoutesFlag('isEarlierApi')
export class RootSessionController {
  constructor(
    private readonly logins: RootLogin,
    private readonly logouts: RootLogout,
    private readonly answer: LoginAnswer,
    private readonly cookies: CookieJar,
  ) {}

  @Post('login')
  @HttpCode(200)
  @TakesFormFields()
  @RouteFlag('isOpenToPages')
  @ApiOperation({
    summary: 'Log in',
    description:
      'With `email` or `username` and `password`; sets the cookies. Or a service logs somebody in, with `mobile` and `username`, or `email` and `nickname`.',
  })
  @ApiSecurity({})
  @ApiSecurity(SECURITY.service)
  @ApiOkResponse({ type: RootLoginView })
  @ApiAcceptedResponse({ type: PendingLoginView, description: 'Under `approve`: a live device is being asked.' })
  @ApiConflictResponse({
    type: LegacyAnswerView,
    description: 'To a service, under `refuse` and `ask`, while a session is live.',
  })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(401, 'invalid_credentials or service_key_required')
  @ApiProblem(403, 'user_locked or service_scope_required')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async login(
    @Body() body: RootLoginDto,
    @ServiceIfAny('login') service: string | null,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RootLoginView | PendingLoginView | LegacyAnswerView> {
    const result = await this.answer.orRefuse(this.logins.login(body, service, client), client, reply);
    if (result.outcome === 'pending')
      return (await this.answer.give(result.pending, client, reply)) as PendingLoginView;
    if (result.outcome === 'refused') {
      void reply.status(409);
      return { message: REFUSED, user: result.user };
    }
    if (service === null) await this.answer.give(result.login, client, reply);
    return toRootLogin(result.login, result.user);
  }

  @Post('logout')
  @HttpCode(200)
  @TakesFormFields()
  @RouteFlag('isOpenToPages')
  @ApiOperation({
    summary: 'Log out',
    description: 'The session that asks. One that is named needs its own token, its owner’s, or a service key.',
  })
  @ApiSecurity({})
  @ApiSecurity(SECURITY.service)
  @ApiOkResponse({ type: RootLogoutView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(401, 'authentication_required, service_key_required, invalid_token or session_<endReason>')
  @ApiProblem(403, 'service_scope_required')
  @ApiProblem(404, 'session_not_found')
  async logout(
    @Body() { sessionId, session_id = sessionId }: RootLogoutDto,
    @TokenIfAny() token: string | null,
    @ServiceIfAny('end') service: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RootLogoutView> {
    const { session, own } = await this.logouts.logout(session_id ?? null, token, service);
    if (own) this.cookies.clearSession(reply);
    return toRootLogout(session);
  }

  @Get('logout')
  @Deliberate()
  @ApiOperation({
    summary: 'Log out by an address typed or a link of one’s own',
    description:
      'Not from another site, nor before the person has followed the link. `HEAD`, by which links are looked at, logs nobody out.',
  })
  @ApiSecurity({})
  @ApiOkResponse({ type: RootLogoutView })
  @ApiProblem(403, 'cross_origin or host_not_allowed')
  async followLogout(
    @Req() { method }: FastifyRequest,
    @TokenIfAny() token: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RootLogoutView> {
    if (method === 'HEAD') return toRootLogout(null);
    return this.logout({}, token, null, reply);
  }
}
