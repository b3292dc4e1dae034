import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentService, NeedsScope, ServiceOnly, type CallingService } from '../auth/index.js';
import { ApiProblem, decodeCursor, toPage, IdPipe } from '../common/index.js';
import { SessionsService, toSessionView } from '../sessions/index.js';
import { EndedCountView, SessionListQuery, SessionListView } from '../sessions/http/index.js';
import { toUserView, UsersService, UserView } from '../users/index.js';
import { IdentifierQuery, toPersonRef } from './service.dto.js';

@ApiTags('Service')
@Controller('v1/service/users')
@ServiceOnly()
export class ServiceUsersController {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Look a person up', description: 'By exactly one of `mobile`, `username`, `email`.' })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'user_not_found')
  @NeedsScope('users')
  async find(@Query() query: IdentifierQuery): Promise<UserView> {
    return toUserView(await this.users.get(toPersonRef(query)));
  }

  @Get(':id/sessions')
  @ApiOperation({ summary: "A person's sessions, newest first" })
  @ApiOkResponse({ type: SessionListView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'user_not_found')
  @NeedsScope('users')
  async list(@Param('id', IdPipe) id: string, @Query() query: SessionListQuery): Promise<SessionListView> {
    const { id: userId } = await this.users.getById(id);
    const { state, limit, cursor } = query;
    const found = await this.sessions.list(userId, { state, limit, before: decodeCursor(cursor) });
    return toPage(found, limit, (row) => toSessionView(row, null));
  }

  @Delete(':id/sessions')
  @ApiOperation({ summary: "End all of a person's sessions" })
  @ApiOkResponse({ type: EndedCountView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  @NeedsScope('end')
  async endAll(@CurrentService() actor: CallingService, @Param('id', IdPipe) id: string): Promise<EndedCountView> {
    return { ended: await this.sessions.endAll(id, { reason: 'revoked_by_service', actor }) };
  }
}
