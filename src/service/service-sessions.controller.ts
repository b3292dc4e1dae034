import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ServiceOnly } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import { SessionsService, SessionValidator } from '../sessions/index.js';
import { LoginView, toLoginView } from '../sessions/http/index.js';
import { ServiceLogins } from './service-logins.service.js';
import { IntrospectDto, ServiceLoginDto, toPersonRef } from './service.dto.js';
import { IntrospectionView, toIntrospectionView } from './service.view.js';

@ApiTags('Service')
@Controller('v1/service/sessions')
@ServiceOnly()
export class ServiceSessionsController {
  constructor(
    private readonly logins: ServiceLogins,
    private readonly sessions: SessionsService,
    private readonly validator: SessionValidator,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Log a person in whom this backend has authenticated' })
  @ApiCreatedResponse({ type: LoginView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'user_locked')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(409, 'session_limit_reached')
  async login(@Body() { user, ...client }: ServiceLoginDto): Promise<LoginView> {
    const { id } = await this.logins.find(toPersonRef(user));
    return toLoginView(await this.logins.login(id, client));
  }

  @Post('introspect')
  @HttpCode(200)
  @ApiOperation({ summary: 'Is this token live?', description: 'Counts as a use of the session.' })
  @ApiOkResponse({ type: IntrospectionView })
  @ApiProblem(400, 'validation_failed')
  async introspect(@Body() { token }: IntrospectDto): Promise<IntrospectionView> {
    return toIntrospectionView(await this.validator.validate(token));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one session' })
  @ApiNoContentResponse()
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'session_not_found')
  async end(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.sessions.endById(id, { reason: 'revoked_by_service', actorSessionId: null });
  }
}
