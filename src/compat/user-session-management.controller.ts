import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Client,
  CurrentActor,
  CurrentService,
  ServiceOnly,
  ServiceOrUser,
  type CallingService,
} from '../auth/index.js';
import type { Actor } from '../accounts/index.js';
import { ApiProblem } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import type { DescribedClient } from '../service/index.js';
import { InvalidateDto, LegacyLoginDto, LegacyPersonDto } from './user-session-management.dto.js';
import { UserSessionManagement } from './user-session-management.service.js';
import { LegacyAnswerView, LegacyDetailsView, toLegacyDetails } from './user-session-management.view.js';

const REFUSED = 'There is already a session up and running. Please log out and log in again.';

@ApiTags('Earlier API: user-session-management')
@Controller()
export class UserSessionManagementController {
  constructor(private readonly api: UserSessionManagement) {}

  @Post('createUser')
  @ServiceOnly()
  @ApiOperation({ summary: 'Create a user, who has one session already' })
  @ApiCreatedResponse({ type: LegacyAnswerView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(409, 'mobile_taken')
  async create(
    @CurrentService() service: CallingService,
    @Body() body: LegacyPersonDto,
    @Client() client: ClientContext,
  ): Promise<LegacyAnswerView> {
    const user = await this.api.create(body.mobile, body.username, describe(body, client), service);
    return { message: 'User created successfully', user };
  }

  @Get('user/:mobile')
  @ServiceOnly()
  @ApiOperation({ summary: 'A user with the newest hundred sessions' })
  @ApiOkResponse({ type: LegacyDetailsView })
  @ApiProblem(404, 'user_not_found')
  async find(@Param('mobile') mobile: string): Promise<LegacyDetailsView> {
    return toLegacyDetails(await this.api.find(mobile));
  }

  @Post('login')
  @HttpCode(200)
  @ServiceOnly()
  @ApiOperation({ summary: 'Log a user in' })
  @ApiOkResponse({ type: LegacyAnswerView })
  @ApiConflictResponse({ type: LegacyAnswerView, description: 'Under `refuse` and `ask`, while a session is live.' })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'user_locked')
  @ApiProblem(404, 'user_not_found')
  async login(
    @CurrentService() service: CallingService,
    @Body() body: LegacyLoginDto,
    @Client() client: ClientContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegacyAnswerView> {
    const { admitted, user } = await this.api.login(body.mobile, body.username, describe(body, client), service);
    if (!admitted) void reply.status(409);
    return { message: admitted ? 'Login successful' : REFUSED, user };
  }

  @Post('invalidateSession')
  @HttpCode(200)
  @ServiceOrUser()
  @ApiOperation({ summary: 'Invalidate any session' })
  @ApiOkResponse({ type: LegacyAnswerView })
  @ApiProblem(400, 'validation_failed or session_already_invalid')
  @ApiProblem(404, 'session_not_found')
  async invalidate(@Body() { sessionKey }: InvalidateDto, @CurrentActor() actor: Actor): Promise<LegacyAnswerView> {
    return { message: 'Session invalidated successfully.', user: await this.api.invalidate(sessionKey, actor) };
  }
}

function describe(body: Partial<LegacyLoginDto>, { userAgent, ip }: ClientContext): DescribedClient {
  return { userAgent: body.userAgent ?? userAgent, ipAddress: body.ipAddress ?? ip };
}
