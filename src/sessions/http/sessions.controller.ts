import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Session } from '../../accounts/index.js';
import {
  ClearsDeadCookie,
  Client,
  CookieJar,
  CurrentSession,
  GivenProofDto,
  Reauthentication,
  TokenIfAny,
  UserOnly,
  type Caller,
} from '../../auth/index.js';
import { ApiProblem, decodeCursor, InvalidFieldError, toPage, IdPipe } from '../../common/index.js';
import type { ClientContext } from '../../devices/index.js';
import { toUserView } from '../../users/index.js';
import { ProofView, toProofView } from './proof.view.js';
import { CurrentView, EndedCountView, RefreshedView, SessionListView } from './session-list.view.js';
import { EndManyQuery, RefreshDto, SessionListQuery } from './session.dto.js';
import { toSessionView, type SessionView } from '../session.view.js';
import { SessionsService } from '../sessions.service.js';

@ApiTags('Sessions')
@Controller('v1/sessions')
@UserOnly()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: CookieJar,
    private readonly reauthentication: Reauthentication,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Own sessions, newest first' })
  @ApiOkResponse({ type: SessionListView })
  @ApiProblem(400, 'validation_failed')
  async list(@CurrentSession() { session }: Caller, @Query() query: SessionListQuery): Promise<SessionListView> {
    const { state, limit, cursor } = query;
    const found = await this.sessions.list(session.userId, { state, limit, before: decodeCursor(cursor) });
    return toPage(found, limit, (row) => toSessionView(row, session.id));
  }

  @Get('current')
  @ApiOperation({ summary: 'Who am I, and until when', description: 'The call that every protected page makes.' })
  @ApiOkResponse({ type: CurrentView })
  current(@CurrentSession() { user, session }: Caller): CurrentView {
    return { user: toUserView(user), session: toSessionView(session, session.id) };
  }

  @Post('current/refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Restart the idle time',
    description:
      'Written before the answer. With `rotate`, the token shown stays valid until the new one is first used, and ten seconds more; who uses it later ends the session (`session_token_reused`).',
  })
  @ApiOkResponse({ type: RefreshedView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(409, 'rotation_limit_reached')
  async refresh(
    @CurrentSession() caller: Caller,
    @TokenIfAny() shown: string | null,
    @Body() { rotate = false }: RefreshDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefreshedView> {
    if (!rotate) return viewOf(await this.sessions.refresh(caller.session));
    const { session, token } = await this.sessions.rotate(caller.session, shown!);
    this.cookies.setSession(reply, token, session.expiresAt);
    return { ...viewOf(session), token };
  }

  @Post('current/proof')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Prove once more who you are',
    description:
      'The session keeps the proof for five minutes: long enough for calls that need a fresh one. A login by password or code is such a proof, too. A code to a verified channel gives the session that channel’s standing for as long.',
  })
  @ApiOkResponse({ type: ProofView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'wrong_password or invalid_code')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async prove(
    @CurrentSession() { session }: Caller,
    @Body() given: GivenProofDto,
    @Client() client: ClientContext,
  ): Promise<ProofView> {
    if ((given.currentPassword === undefined) === (given.code === undefined))
      throw new InvalidFieldError('currentPassword', 'give either this or a code');
    return toProofView(await this.reauthentication.keep(session, given, client));
  }

  @Delete('current')
  @HttpCode(204)
  @ClearsDeadCookie()
  @ApiOperation({ summary: 'Log out', description: 'Clears the cookie, also of a session that has ended already.' })
  @ApiNoContentResponse()
  async logOut(@CurrentSession() { session }: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.logOut(session);
    this.cookies.clearSession(reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one session', description: 'Ones own; an administrator may end any.' })
  @ApiNoContentResponse()
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'session_not_found')
  async end(
    @CurrentSession() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endAs(caller, id);
    if (id === caller.session.id) this.cookies.clearSession(reply);
  }

  @Delete()
  @ApiOperation({ summary: 'End all sessions', description: '`except=current` keeps the one that asks.' })
  @ApiOkResponse({ type: EndedCountView })
  @ApiProblem(400, 'validation_failed')
  async endAll(
    @CurrentSession() { session }: Caller,
    @Query() { except }: EndManyQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedCountView> {
    if (except) return { ended: await this.sessions.endOthers(session) };
    const ended = await this.sessions.endOwn(session);
    this.cookies.clearSession(reply);
    return { ended };
  }
}

function viewOf(session: Session): SessionView {
  return toSessionView(session, session.id);
}
