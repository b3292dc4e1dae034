import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { PublicProfileView, toPublicProfile } from '../users/index.js';
import { Acquaintances } from './acquaintances.service.js';

/** Here and not beside the users, for it goes by who has written to whom. */
@ApiTags('Users')
@Controller('v1/users')
@UserOnly()
export class ProfilesController {
  constructor(private readonly acquaintances: Acquaintances) {}

  @Get(':id')
  @ApiOperation({
    summary: "Somebody's public profile",
    description: 'Of those with whom there are messages, and of oneself; with `DIRECTORY=everyone` of everybody.',
  })
  @ApiOkResponse({ type: PublicProfileView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  async get(@CurrentSession() { user }: Caller, @Param('id', IdPipe) id: string): Promise<PublicProfileView> {
    return toPublicProfile(await this.acquaintances.getProfile(user.id, id));
  }
}
