import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../common/index.js';
import { CONVERSATION_ORDERS, type ConversationOrder } from './conversations.service.js';

export class ConversationListQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: CONVERSATION_ORDERS,
    default: 'newest',
    description:
      '`newest`: the last message decides, newest first. `oldest`: the other way round, for catching up while a socket is open: what changes meanwhile comes on a later page, or over the socket.',
  })
  @IsOptional()
  @IsIn(CONVERSATION_ORDERS)
  order: ConversationOrder = 'newest';
}
