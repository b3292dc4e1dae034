import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/index.js';
import { Activities, ActivityView, RecordActivityDto, toActivityView } from '../activity/index.js';
import { CurrentActor, NeedsScope, ServiceOrUser } from '../auth/index.js';
import { ApiProblem, IdPipe, RoutesFlag } from '../common/index.js';

/** This API shows the newest hundred. */
const SHOWN = 100;

@ApiTags('Earlier API: session tracking')
@Controller('sessions/:session_id/actions')
@RoutesFlag('isEarlierApi')
export class SessionTrackingController {
  constructor(private readonly activities: Activities) {}

  @Post()
  @ServiceOrUser()
  @ApiOperation({ summary: 'Record what was done in a session' })
  @ApiCreatedResponse({ type: ActivityView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'session_not_found')
  @ApiProblem(429, 'too_many_requests')
  @NeedsScope('users')
  async record(
    @Param('session_id', IdPipe) sessionId: string,
    @Body() fact: RecordActivityDto,
    @CurrentActor() actor: Actor,
  ): Promise<ActivityView> {
    return toActivityView(await this.activities.recordAs(actor, sessionId, fact));
  }

  @Get()
  @ServiceOrUser()
  @ApiOperation({ summary: 'The newest hundred things that were done in a session, newest first' })
  @ApiOkResponse({ type: [ActivityView] })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'session_not_found')
  @NeedsScope('users')
  async list(@Param('session_id', IdPipe) sessionId: string, @CurrentActor() actor: Actor): Promise<ActivityView[]> {
    const { found } = await this.activities.listAs(actor, sessionId, { before: null, limit: SHOWN });
    return found.slice(0, SHOWN).map(toActivityView);
  }
}
