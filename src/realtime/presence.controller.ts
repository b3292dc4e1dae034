import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { UserNotFoundError } from '../accounts/index.js';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { Acquaintances } from '../messages/index.js';
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
    private readonly acquaintances: Acquaintances,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Whether somebody is online, and when they were seen last',
    description:
      'Of somebody who has written to one, and to whom one has written; else as of somebody who does not exist.',
  })
  @ApiOkResponse({ type: PresenceView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  async get(@CurrentSession() { user }: Caller, @Param('id', IdPipe) id: string): Promise<PresenceView> {
    const [close] = await this.acquaintances.close(user.id, [id]);
    if (close === undefined) throw new UserNotFoundError();
    const seen = (await this.presence.of([id])).get(id);
    return { online: seen?.online ?? false, lastSeenAt: seen?.lastSeenAt?.toISOString() ?? null };
  }
}
