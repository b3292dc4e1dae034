import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Client,
  CurrentActor,
  CurrentService,
  NeedsScope,
  ServiceOnly,
  ServiceOrUser,
  type CallingService,
} from '../auth/index.js';
import type { Actor } from '../accounts/index.js';
import { ApiProblem } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { InvalidateDto, LegacyPersonDto } from './user-session-management.dto.js';
import { UserSessionManagement } from './user-session-management.service.js';
import { LegacyAnswerView, LegacyDetailsView, toLegacyDetails } from './user-session-management.view.js';

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
  @NeedsScope('users', 'login')
  async create(
    @CurrentService() service: CallingService,
    @Body() body: LegacyPersonDto,
    @Client() client: ClientContext,
  ): Promise<LegacyAnswerView> {
    const user = await this.api.create(
      body.mobile,
      body.username,
      { userAgent: client.userAgent, ipAddress: client.ip },
      service,
    );
    return { message: 'User created successfully', user };
  }

  @Get('user/:mobile')
  @ServiceOnly()
  @ApiOperation({ summary: 'A user with the newest hundred sessions' })
  @ApiOkResponse({ type: LegacyDetailsView })
  @ApiProblem(404, 'user_not_found')
  @NeedsScope('users')
  async find(@Param('mobile') mobile: string): Promise<LegacyDetailsView> {
    return toLegacyDetails(await this.api.find(mobile));
  }

  @Post('invalidateSession')
  @HttpCode(200)
  @ServiceOrUser()
  @ApiOperation({ summary: 'Invalidate any session' })
  @ApiOkResponse({ type: LegacyAnswerView })
  @ApiProblem(400, 'validation_failed or session_already_invalid')
  @ApiProblem(404, 'session_not_found')
  @NeedsScope('end')
  async invalidate(@Body() { sessionKey }: InvalidateDto, @CurrentActor() actor: Actor): Promise<LegacyAnswerView> {
    return { message: 'Session invalidated successfully.', user: await this.api.invalidate(sessionKey, actor) };
  }
}
