import { Controller, Delete, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem } from '../common/index.js';
import { toUserView, UserView } from '../users/index.js';
import { Avatars } from './avatars.service.js';
import { TakesImage, UploadedImage } from './uploaded-image.decorator.js';

@ApiTags('Pictures')
@Controller('v1/users/me/avatar')
@UserOnly()
export class AvatarController {
  constructor(private readonly avatars: Avatars) {}

  @Put()
  @TakesImage()
  @ApiOperation({
    summary: 'Set the profile picture',
    description: 'Kept as squares of 256 and 64 px, without metadata. The former one goes. 20 times in ten minutes.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(429, 'too_many_requests')
  async save(@CurrentSession() { session }: Caller, @UploadedImage() image: Buffer): Promise<UserView> {
    return toUserView(await this.avatars.save(session, image));
  }

  @Delete()
  @ApiOperation({ summary: 'Take the profile picture away' })
  @ApiOkResponse({ type: UserView })
  async remove(@CurrentSession() { session }: Caller): Promise<UserView> {
    return toUserView(await this.avatars.remove(session));
  }
}
