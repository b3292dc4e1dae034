import { Body, Controller, Delete, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly, asAdmin, CurrentSession, Reauthentication, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, encodeCursor, IdPipe } from '../common/index.js';
import { SessionsService } from '../sessions/index.js';
import { EndedCountView } from '../sessions/http/index.js';
import { UsersService } from '../users/index.js';
import { EditUserDto } from './admin-users.dto.js';
import { OwnAccountError } from './admin-users.errors.js';
import {
  AdminUserDetailView,
  AdminUserListView,
  AdminUserView,
  toAdminUserView,
  UserSearchQuery,
} from './directory.dto.js';
import { Directory } from './directory.service.js';
import { PolicyAdmin } from './policy-admin.service.js';
import { toPolicyView } from './policy.dto.js';

@ApiTags('Admin')
@Controller('v1/admin/users')
@AdminOnly()
export class AdminUsersController {
  constructor(
    private readonly directory: Directory,
    private readonly policies: PolicyAdmin,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly reauthentication: Reauthentication,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All users, newest first' })
  @ApiOkResponse({ type: AdminUserListView })
  @ApiProblem(400, 'validation_failed')
  async list(@Query() { query, limit, cursor }: UserSearchQuery): Promise<AdminUserListView> {
    const before = decodeCursor(cursor);
    const { found, next } =
      query === undefined
        ? await this.directory.listUsers(before, limit)
        : await this.directory.search(query, before, limit);
    return { items: found.map(toAdminUserView), nextCursor: next && encodeCursor(next) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One user, with the policy in force' })
  @ApiOkResponse({ type: AdminUserDetailView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  async find(@Param('id', IdPipe) id: string): Promise<AdminUserDetailView> {
    const { user, liveSessions } = await this.directory.getUser(id);
    const policy = await this.policies.inForce({ userId: id });
    return { ...toAdminUserView(user), liveSessions, policy: toPolicyView(policy) };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Lock, unlock or give a role',
    description: 'Locking ends every session of the user at once. A role needs a proof younger than five minutes.',
  })
  @ApiOkResponse({ type: AdminUserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(403, 'admin_required or fresh_proof_required')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(409, 'own_account')
  async edit(
    @CurrentSession() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() edit: EditUserDto,
  ): Promise<AdminUserView> {
    if (id === caller.user.id) throw new OwnAccountError();
    if (edit.role !== undefined) this.reauthentication.assertKept(caller.session);
    return toAdminUserView(await this.users.editAsAdmin(id, edit, asAdmin(caller)));
  }

  @Delete(':id/sessions')
  @ApiOperation({ summary: 'End all sessions of a user' })
  @ApiOkResponse({ type: EndedCountView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  async endSessions(@CurrentSession() caller: Caller, @Param('id', IdPipe) id: string): Promise<EndedCountView> {
    return { ended: await this.sessions.endAll(id, { reason: 'revoked_by_admin', actor: asAdmin(caller) }) };
  }
}
