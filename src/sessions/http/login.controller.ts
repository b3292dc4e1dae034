import { Body, Controller, Post, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Client, CurrentPerson, PasswordGuard, PasswordLoginDto, type VerifiedPerson } from '../../auth/index.js';
import { ApiProblem } from '../../common/index.js';
import type { ClientContext } from '../../devices/index.js';
import { LoginService } from '../login.service.js';
import { LoginAnswer, LoginView } from './login.view.js';
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
  @UseGuards(PasswordGuard)
  @ApiOperation({
    summary: 'Log in',
    description: 'Starts a session under the policy; sets the session and device cookies.',
  })
  @ApiSecurity({})
  @ApiBody({ type: PasswordLoginDto })
  @ApiCreatedResponse({ type: LoginView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_credentials')
  @ApiProblem(409, 'session_limit_reached')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'busy or store_unavailable')
  async login(
    @CurrentPerson() person: VerifiedPerson,
    @Body() _: PasswordLoginDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView> {
    return this.answer.give(await this.logins.login({ ...person, client, takeover: null }), client, reply);
  }

  @Post('takeover')
  @ApiOperation({
    summary: 'Log in with a takeover ticket',
    description: 'Under the `ask` policy: ends the chosen sessions.',
  })
  @ApiSecurity({})
  @ApiCreatedResponse({ type: LoginView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_ticket')
  @ApiProblem(404, 'session_not_found')
  @ApiProblem(409, 'session_limit_reached')
  async takeOver(
    @Body() { ticket, end }: TakeoverDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView> {
    return this.answer.give(await this.takeovers.takeOver(ticket, end, client), client, reply);
  }
}
