import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, UserOnly, type Caller } from '../auth/index.js';
import { ApiProblem, decodeCursor, encodeCursor } from '../common/index.js';
import { ConversationListQuery } from './conversation.dto.js';
import { ConversationListView, toConversationView } from './conversation.view.js';
import { Conversations } from './conversations.service.js';

@ApiTags('Messages')
@Controller('v1/conversations')
@UserOnly()
export class ConversationsController {
  constructor(private readonly conversations: Conversations) {}

  @Get()
  @ApiOperation({
    summary: 'With whom one has written',
    description:
      'Everybody there is a message from or to, the locked too, with the last one and what is unread. A page may be short while there is a `nextCursor`.',
  })
  @ApiOkResponse({ type: ConversationListView })
  @ApiProblem(400, 'validation_failed')
  async list(
    @CurrentSession() { user }: Caller,
    @Query() { order, limit, cursor }: ConversationListQuery,
  ): Promise<ConversationListView> {
    const { found, next } = await this.conversations.list(user.id, { order, from: decodeCursor(cursor), limit });
    return { items: found.map(toConversationView), nextCursor: next && encodeCursor(next) };
  }
}
