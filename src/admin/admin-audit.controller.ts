import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '../audit/index.js';
import { AdminOnly } from '../auth/index.js';
import { ApiProblem, decodeCursor, toPage } from '../common/index.js';
import { SessionStore } from '../sessions/index.js';
import { AuditListView, AuditSearchQuery, StatsQuery, StatsView, toAuditView, toStatsView } from './audit.dto.js';

@ApiTags('Admin')
@Controller('v1/admin')
@AdminOnly()
export class AdminAuditController {
  constructor(
    private readonly audit: AuditLog,
    private readonly sessions: SessionStore,
  ) {}

  @Get('audit')
  @ApiOperation({ summary: 'Who did what, newest first', description: 'Kept for AUDIT_DAYS. Nothing in it changes.' })
  @ApiOkResponse({ type: AuditListView })
  @ApiProblem(400, 'validation_failed')
  async list(@Query() query: AuditSearchQuery): Promise<AuditListView> {
    const { userId = null, actor = null, type = null, limit, cursor } = query;
    const found = await this.audit.list({ userId, actor, type, before: decodeCursor(cursor), limit });
    return toPage(found, limit, toAuditView);
  }

  @Get('stats')
  @ApiOperation({ summary: 'Live sessions, and what each hour brought' })
  @ApiOkResponse({ type: StatsView })
  @ApiProblem(400, 'validation_failed')
  async stats(@Query() { hours }: StatsQuery): Promise<StatsView> {
    return toStatsView(await this.sessions.countLive(), await this.audit.countByHour(hours));
  }
}
