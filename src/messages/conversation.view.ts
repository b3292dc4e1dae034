import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../common/index.js';
import { PublicProfileView, toPublicProfile } from '../users/index.js';
import { CONVERSATION_ORDERS, type Conversation, type ConversationOrder } from './conversations.service.js';
import { MessageView, toMessageView } from './message.view.js';

export class ConversationQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: CONVERSATION_ORDERS,
    default: 'newest',
    description:
      '`newest`: the last message decides, newest first. `oldest`: the other way round, for catching up: what changes while you page comes (again) on a later page.',
  })
  @IsOptional()
  @IsIn(CONVERSATION_ORDERS)
  order: ConversationOrder = 'newest';
}

export class ConversationView {
  @ApiProperty() user!: PublicProfileView;
  @ApiProperty() lastMessage!: MessageView;
  @ApiProperty({ description: 'Messages from that person which have not been read.', example: 2 }) unread!: number;
}

export class ConversationListView {
  @ApiProperty({ type: [ConversationView] }) items!: ConversationView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toConversationView({ user, lastMessage, unread }: Conversation): ConversationView {
  return { user: toPublicProfile(user), lastMessage: toMessageView(lastMessage), unread };
}
