import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { holderOf } from '../accounts/index.js';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, Clock, decodeCursor, PageQuery, IdPipe } from '../common/index.js';
import { Activities } from './activities.service.js';
import { RecordActivityDto } from './activity.dto.js';
import { ActivityListView, ActivityView, toActivityListView, toActivityView } from './activity.view.js';

@ApiTags('Sessions')
@Controller('v1/sessions')
@UserOnly()
export class ActivitiesController {
  constructor(
    private readonly activities: Activities,
    private readonly clock: Clock,
  ) {}

  @Post('current/activities')
  @ApiOperation({ summary: 'Record what was done in this session', description: 'Up to 60 a minute.' })
  @ApiCreatedResponse({ type: ActivityView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(429, 'too_many_requests')
  async record(@CurrentSession() { session }: Caller, @Body() fact: RecordActivityDto): Promise<ActivityView> {
    return toActivityView(await this.activities.record(session, fact));
  }

  @Get(':id/activities')
  @ApiOperation({ summary: 'What was done in one of ones own sessions, newest first' })
  @ApiOkResponse({ type: ActivityListView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'session_not_found')
  async list(
    @CurrentSession() { session }: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<ActivityListView> {
    const listed = await this.activities.listAs(holderOf(session), id, { limit, before: decodeCursor(cursor) });
    return toActivityListView(listed, limit, this.clock.now());
  }
}
