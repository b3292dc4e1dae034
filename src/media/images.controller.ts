import { applyDecorators, Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, ID_EXAMPLE, IdPipe } from '../common/index.js';
import { sendImage } from './image.answer.js';
import { Images } from './images.service.js';

const GivesImage = () =>
  applyDecorators(
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid', example: ID_EXAMPLE } }),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of the copy that the caller has.' }),
    ApiProduces('image/webp'),
    ApiOkResponse({ schema: { type: 'string', format: 'binary' } }),
    ApiResponse({ status: 304, description: 'The copy is good.' }),
    ApiProblem(400, 'bad_request'),
    ApiProblem(404, 'image_not_found'),
    ApiProblem(503, 'image_storage_unavailable or store_unavailable'),
  );

@ApiTags('Pictures')
@Controller('v1/images')
@UserOnly()
export class ImagesController {
  constructor(private readonly images: Images) {}

  @Get(':id')
  @GivesImage()
  @ApiOperation({
    summary: 'A picture',
    description: 'A profile picture for everybody who is logged in, that of a message for its two people.',
  })
  async read(
    @Param('id', IdPipe) id: string,
    @CurrentSession() { user }: Caller,
    @Res() reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ): Promise<void> {
    await sendImage(await this.images.read(id, null, user.id), reply, known);
  }

  @Get(':id/:size')
  @GivesImage()
  @ApiParam({
    name: 'size',
    enum: ['64', '256', 'preview'],
    description: 'A profile picture in 64 or 256 px; the preview of a message’s.',
  })
  @ApiOperation({ summary: 'A picture in one of its sizes' })
  async readSize(
    @Param('id', IdPipe) id: string,
    @Param('size') size: string,
    @CurrentSession() { user }: Caller,
    @Res() reply: FastifyReply,
    @Headers('if-none-match') known?: string,
  ): Promise<void> {
    await sendImage(await this.images.read(id, size, user.id), reply, known);
  }
}
