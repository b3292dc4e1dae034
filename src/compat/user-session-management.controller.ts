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
import { ApiProblem, RoutesFlag, TakesFormFields } from '../common/index.js';
import type { ClientContext } from '../devices/index.js';
import { InvalidateDto, LegacyPersonDto } from './user-session-management.dto.js';
import { UserSessionManagement } from './user-session-management.service.js';
import {
  CreatedUserView,
  LegacyAnswerView,
  LegacyDetailsView,
  toLegacyDetails,
} from './user-session-management.view.js';

@ApiTags('Earlier API: user-session-management')
@Controller()
@RoutesFlag('isEarlierApi')
export class UserSessionManagementController {
  constructor(private readonly api: UserSessionManagement) {}

  @Post('createUser')
  @ServiceOnly()
  @ApiOperation({ summary: 'Create a user, who has one session already' })
  @TakesFormFields()
  @ApiCreatedResponse({ type: CreatedUserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(409, 'mobile_taken')
  @NeedsScope('users', 'login')
  async create(
    @CurrentService() service: CallingService,
    @Body() body: LegacyPersonDto,
    @Client() client: ClientContext,
  ): Promise<CreatedUserView> {
    const { user, login } = await this.api.create(
      body.mobile,
      body.username,
      { userAgent: client.userAgent, ipAddress: client.ip },
      service,
    );
    const { token, session } = login;
    return { message: 'User created successfully', user, access_token: token, session_id: session.id };
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
  @TakesFormFields()
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
