import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, asAdmin, CurrentSession, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, normalizeAddress, toPage, IdPipe } from '../common/index.js';
import { SessionsService, toSessionView } from '../sessions/index.js';
import { SessionListView } from '../sessions/http/index.js';
import { SessionSearchQuery } from './directory.dto.js';
import { Directory } from './directory.service.js';

@ApiTags('Admin')
@Controller('v1/admin/sessions')
@AdminOnly()
export class AdminSessionsController {
  constructor(
    private readonly directory: Directory,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Sessions of all users, newest first' })
  @ApiOkResponse({ type: SessionListView })
  @ApiProblem(400, 'validation_failed')
  async list(@CurrentSession() { session }: Caller, @Query() query: SessionSearchQuery): Promise<SessionListView> {
    const { state, userId = null, deviceClass = null, limit, cursor } = query;
    const ip = query.ip === undefined ? null : normalizeAddress(query.ip);
    const before = decodeCursor(cursor);
    const found = await this.directory.listSessions({ state, userId, ip, deviceClass, before, limit });
    return toPage(found, limit, (row) => toSessionView(row, session.id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a session, whosever it is', description: 'One that has ended stays as it is.' })
  @ApiNoContentResponse()
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'session_not_found')
  async end(@CurrentSession() caller: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    await this.sessions.endById(id, { reason: 'revoked_by_admin', actor: asAdmin(caller) });
  }
}
