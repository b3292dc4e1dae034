import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { UserOnly } from '../auth/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { UsersService } from '../users/index.js';
import { Presence } from './presence.service.js';

class PresenceView {
  @ApiProperty({ description: 'Has a socket open, on any node.' }) online!: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastSeenAt!: string | null;
}

@ApiTags('Users')
@Controller('v1/users/:id/presence')
@UserOnly()
export class PresenceController {
  constructor(
    private readonly presence: Presence,
    private readonly users: UsersService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether somebody is online, and when they were seen last' })
  @ApiOkResponse({ type: PresenceView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  async get(@Param('id', IdPipe) id: string): Promise<PresenceView> {
    await this.users.getById(id);
    const seen = (await this.presence.of([id])).get(id);
    return { online: seen?.online ?? false, lastSeenAt: seen?.lastSeenAt?.toISOString() ?? null };
  }
}
