import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiNativeDevice, Client, CurrentSession, UserOnly, type Caller } from '../../auth/index.js';
import { ApiProblem, IdPipe } from '../../common/index.js';
import type { ClientContext } from '../../devices/index.js';
import { LoginApproval } from '../login-approval.service.js';
import { Tickets } from '../tickets.service.js';
import { LoginAnswer, LoginView, PendingLoginView } from './login.view.js';
import { LoginRequestListView, toLoginRequestView } from './login-request.view.js';
import { AnswerLoginDto, WaitDto } from './session.dto.js';

@ApiTags('Login requests')
@Controller('v1/login-requests')
export class LoginRequestsController {
  constructor(
    private readonly approval: LoginApproval,
    private readonly tickets: Tickets,
    private readonly answer: LoginAnswer,
  ) {}

  @Get()
  @UserOnly()
  @ApiOperation({
    summary: 'Who asks to be let in',
    description: 'Under the `approve` policy: the open requests of the last two minutes, three at most.',
  })
  @ApiOkResponse({ type: LoginRequestListView })
  async list(@CurrentSession() { session }: Caller): Promise<LoginRequestListView> {
    return { items: (await this.tickets.listRequests(session.userId)).map(toLoginRequestView) };
  }

  @Post('wait')
  @ApiOperation({
    summary: 'Wait for the answer of a live device',
    description:
      'Under the `approve` policy. Answers within 25 s: with the login, or with 202 and the ticket to ask again. The ticket is good for the client that got it, which shows its device secret.',
  })
  @ApiSecurity({})
  @ApiNativeDevice()
  @ApiCreatedResponse({ type: LoginView })
  @ApiAcceptedResponse({ type: PendingLoginView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(401, 'invalid_ticket')
  @ApiProblem(403, 'login_denied')
  @ApiProblem(410, 'login_request_expired')
  async wait(
    @Body() { ticket }: WaitDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginView | PendingLoginView> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return this.answer.give(await this.approval.wait(ticket, client, gone.signal), client, reply);
  }

  @Post(':id')
  @HttpCode(204)
  @UserOnly()
  @ApiOperation({
    summary: 'Let another device in, or not',
    description:
      '`id` is that of the notice `login_requested`. To approve, give the number that the waiting device shows; another one denies. The device that answers needs a higher standing than the one that waits.',
  })
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'wrong_number or fresh_proof_required')
  @ApiProblem(404, 'login_request_not_found')
  @ApiProblem(409, 'login_request_decided')
  async decide(
    @CurrentSession() { session }: Caller,
    @Param('id', IdPipe) id: string,
    @Body() { approve, number }: AnswerLoginDto,
  ): Promise<void> {
    await this.approval.answer(session, id, approve ? number! : null);
  }
}
