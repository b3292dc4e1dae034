import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { ApiNativeDevice, Client, CODE_LIFETIME, CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { toUserView, UserView } from '../users/index.js';
import { CodeSentView, RecoverDto, RequestCodeDto, VerifyDto } from './code.dto.js';
import { CodesService } from './codes.service.js';
import { AccountRecovery } from './recovery.service.js';
import { ContactVerification } from './verification.service.js';

@ApiTags('Codes')
@Controller('v1')
export class CodesController {
  constructor(
    private readonly codes: CodesService,
    private readonly verification: ContactVerification,
    private readonly recovery: AccountRecovery,
  ) {}

  @Post('codes')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ask for a code',
    description:
      'Six digits by text or e-mail, for five minutes and five tries together with `request`. The answer is the same whether or not there is such an account. `login` and `recover` go to verified channels only, `recover` also to one that was replaced in the last 14 days. `claim` goes to any mobile or e-mail, and proves to `POST /v1/users` and `PATCH /v1/users/me` that it is yours. A device cookie, or its header pair, lets a settled device ask for five codes in ten minutes, others for three.',
  })
  @ApiSecurity({})
  @ApiNativeDevice()
  @ApiAcceptedResponse({ type: CodeSentView })
  @ApiProblem(400, 'validation_failed or invalid_device')
  @ApiProblem(429, 'too_many_attempts')
  @ApiProblem(503, 'channel_missing or store_unavailable')
  async request(
    @Body() { identifier, purpose }: RequestCodeDto,
    @Client() client: ClientContext,
  ): Promise<CodeSentView> {
    return { request: await this.codes.request(identifier, purpose, client), expiresIn: CODE_LIFETIME };
  }

  @Post('users/me/verify')
  @HttpCode(200)
  @UserOnly()
  @ApiOperation({
    summary: 'Prove that the mobile or e-mail is yours',
    description: 'The first proof ends every other session, and drops a password set by somebody who had none.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'invalid_code')
  @ApiProblem(429, 'too_many_attempts')
  async verify(
    @CurrentSession() { session }: Caller,
    @Body() given: VerifyDto,
    @Client() client: ClientContext,
  ): Promise<UserView> {
    return toUserView(await this.verification.verify(session, given, client));
  }

  @Post('users/recover')
  @HttpCode(204)
  @ApiOperation({ summary: 'Set a new password by a code', description: 'Ends every session.' })
  @ApiSecurity({})
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(401, 'invalid_credentials')
  @ApiProblem(429, 'too_many_attempts')
  async recover(
    @Body() { identifier, newPassword, ...given }: RecoverDto,
    @Client() client: ClientContext,
  ): Promise<void> {
    await this.recovery.recover(identifier, given, newPassword, client);
  }
}
