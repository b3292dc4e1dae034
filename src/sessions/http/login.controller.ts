import { Body, Controller, Post, Res, UseGuards } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOperation,
  ApiSecurity,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiNativeDevice,
  Client,
  CodeLoginDto,
  CredentialsGuard,
  CurrentPerson,
  PasswordLoginDto,
  type VerifiedPerson,
} from '../../auth/index.js';
import { ApiProblem } from '../../common/index.js';
import type { ClientContext } from '../../devices/index.js';
import { LoginService } from '../login.service.js';
import { SessionLimitProblemView } from '../session-problem.view.js';
import { LoginAnswer, LoginView, PendingLoginView } from './login.view.js';
import { TakeoverDto } from './session.dto.js';
import { TakeoverService } from '../takeover.service.js';

@ApiTags('Sessions')
@Controller('v1/sessions')
export class LoginController {
  constructor(
    private readonly logins: LoginService,
    private readonly takeovers: TakeoverService,
    private readonly answer: LoginAnswer,
  ) {}

  @Post()
  @UseGuards(CredentialsGuard)
  @ApiOperation({
    summary: 'Log in',
    description: 'Starts a session under the policy; sets the session and device cookies.',
  })
  @ApiSecurity({})
  @ApiNativeDevice()
  @ApiBody({ schema: { oneOf: [{ $ref: getSchemaPath(PasswordLoginDto) }, { $ref: getSchemaPath(CodeLoginDto) }] } })
  @ApiExtraModels(PasswordLoginDto, CodeLoginDto)
  @ApiCreatedResponse({ type: LoginView })
  @ApiAcceptedResponse({ type: PendingLoginView, description: 'Under `approve`: a live device is being asked.' })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_credentials')
  @ApiProblem(409, 'session_limit_reached', SessionLimitProblemView)
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async login(
    @CurrentPerson() person: VerifiedPerson,
    @Body() _: object,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView | PendingLoginView> {
    const login = this.logins.login({ ...person, client, takeover: null, service: null });
    return this.answer.give(await this.answer.orRefuse(login, client, reply), client, reply);
  }

  @Post('takeover')
  @ApiOperation({
    summary: 'Log in with a takeover ticket',
    description:
      'Under the `ask` policy: ends the chosen sessions. The ticket is good for the client that got it, which shows its device secret.',
  })
  @ApiSecurity({})
  @ApiNativeDevice()
  @ApiCreatedResponse({ type: LoginView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_ticket')
  @ApiProblem(404, 'session_not_found')
  @ApiProblem(409, 'session_limit_reached', SessionLimitProblemView)
  async takeOver(
    @Body() { ticket, end }: TakeoverDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView | PendingLoginView> {
    return this.answer.give(await this.takeovers.takeOver(ticket, end, client), client, reply);
  }
}
