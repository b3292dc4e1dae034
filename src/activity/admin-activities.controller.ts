import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/index.js';
import { ApiProblem, Clock, decodeCursor, PageQuery, IdPipe } from '../common/index.js';
import { Activities } from './activities.service.js';
import { ActivityListView, toActivityListView } from './activity.view.js';

@ApiTags('Admin')
@Controller('v1/admin/sessions/:id/activities')
@AdminOnly()
export class AdminActivitiesController {
  constructor(
    private readonly activities: Activities,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was done in a session, newest first, whosever it is' })
  @ApiOkResponse({ type: ActivityListView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'session_not_found')
  async list(@Param('id', IdPipe) id: string, @Query() { limit, cursor }: PageQuery): Promise<ActivityListView> {
    const listed = await this.activities.listOf(id, { limit, before: decodeCursor(cursor) });
    return toActivityListView(listed, limit, this.clock.now());
  }
}
