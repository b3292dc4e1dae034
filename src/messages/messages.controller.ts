import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, TakesForms, toPage } from '../common/index.js';
import { IdempotencyKey } from './idempotency-key.decorator.js';
import { cursorBehind, placeOf } from './message.cursor.js';
import { MessageListQuery, ReadMessagesDto, SendMessageDto } from './message.dto.js';
import { MessageListView, MessageView, toMessageView } from './message.view.js';
import { MessagesService, type Outgoing } from './messages.service.js';
import { OutgoingMessage } from './outgoing-message.decorator.js';

@ApiTags('Messages')
@Controller('v1/messages')
@UserOnly()
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Get()
  @ApiOperation({
    summary: 'The messages with somebody, in both directions',
    description: 'Newest first; with `after` oldest first. Empty where there is none, or no such person.',
  })
  @ApiOkResponse({ type: MessageListView })
  @ApiProblem(400, 'validation_failed')
  async list(@CurrentSession() { session }: Caller, @Query() query: MessageListQuery): Promise<MessageListView> {
    const place = placeOf(query);
    const found = await this.messages.listWith(session.userId, query.with, { ...place, limit: query.limit + 1 });
    return toPage(found, query.limit, toMessageView, (last) => cursorBehind(last, place));
  }

  @Post()
  @ApiOperation({
    summary: 'Send a message',
    description:
      'JSON; or `multipart/form-data` with `to`, `text` and a picture, `image`, either of the two. Under an `Idempotency-Key` a repeat stores nothing and is answered as the first time; recipient and text have to be the same, pictures are not compared.',
  })
  @TakesForms()
  @ApiBody({ type: SendMessageDto })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 128 visible ASCII characters, another one for each message. Kept as long as the message.',
  })
  @ApiCreatedResponse({
    type: MessageView,
    headers: {
      'Idempotent-Replayed': { description: '`true` where it had been sent before.', schema: { type: 'string' } },
    },
  })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(413, 'body_too_large')
  @ApiProblem(415, 'unsupported_image')
  @ApiProblem(422, 'idempotency_key_reused, invalid_image or image_too_large')
  @ApiProblem(429, 'too_many_messages')
  @ApiProblem(503, 'busy, image_storage_unavailable or store_unavailable')
  async send(
    @CurrentSession() { session }: Caller,
    @Body() _: object,
    @OutgoingMessage() outgoing: Outgoing,
    @IdempotencyKey() key: string | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const { message, repeated } = await this.messages.send(session, outgoing, key);
    if (repeated) reply.header('Idempotent-Replayed', 'true');
    return toMessageView(message);
  }

  @Post('read')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Mark messages as read',
    description: 'Those that the other person wrote, up to the message named. What was read before keeps its time.',
  })
  @ApiNoContentResponse()
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'message_not_found')
  async read(@CurrentSession() { session }: Caller, @Body() { with: other, upTo }: ReadMessagesDto): Promise<void> {
    await this.messages.markRead(session, other, upTo);
  }
}
