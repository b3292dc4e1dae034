import { Body, Controller, Delete, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentService, NeedsScope, ServiceOnly, type CallingService } from '../auth/index.js';
import { ApiProblem, normalizeAddress, IdPipe } from '../common/index.js';
import { isPending, SessionLimitProblemView, SessionsService, SessionValidator } from '../sessions/index.js';
import { LoginView, PendingLoginView, toLoginView, toPendingView } from '../sessions/http/index.js';
import { UsersService } from '../users/index.js';
import { ServiceLogins } from './service-logins.service.js';
import { IntrospectDto, ServiceLoginDto, toPersonRef } from './service.dto.js';
import { IntrospectionView, toIntrospectionView } from './service.view.js';

@ApiTags('Service')
@Controller('v1/service/sessions')
@ServiceOnly()
export class ServiceSessionsController {
  constructor(
    private readonly users: UsersService,
    private readonly logins: ServiceLogins,
    private readonly sessions: SessionsService,
    private readonly validator: SessionValidator,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Log a person in whom this backend has authenticated' })
  @ApiCreatedResponse({ type: LoginView })
  @ApiAcceptedResponse({ type: PendingLoginView, description: 'Under `approve`: a live device is being asked.' })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'service_scope_required, user_locked or device_blocked')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(409, 'session_limit_reached', SessionLimitProblemView)
  @NeedsScope('login')
  async login(
    @CurrentService() { name }: CallingService,
    @Body() { user, ipAddress, ...client }: ServiceLoginDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView | PendingLoginView> {
    const { id } = await this.users.get(toPersonRef(user));
    const login = await this.logins.login(id, { ...client, ipAddress: normalizeAddress(ipAddress) }, name);
    return isPending(login) ? toPendingView(login, reply) : toLoginView(login);
  }

  @Post('introspect')
  @HttpCode(200)
  @ApiOperation({ summary: 'Is this token live?', description: 'Counts as a use of the session.' })
  @ApiOkResponse({ type: IntrospectionView })
  @ApiProblem(400, 'validation_failed')
  @NeedsScope('introspect')
  async introspect(@Body() { token }: IntrospectDto): Promise<IntrospectionView> {
    return toIntrospectionView(await this.validator.validate(token));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one session' })
  @ApiNoContentResponse()
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'session_not_found')
  @NeedsScope('end')
  async end(@CurrentService() actor: CallingService, @Param('id', IdPipe) id: string): Promise<void> {
    await this.sessions.endById(id, { reason: 'revoked_by_service', actor });
  }
}
