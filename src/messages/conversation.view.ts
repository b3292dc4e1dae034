import { ApiProperty } from '@nestjs/swagger';
import { PublicProfileView, toPublicProfile } from '../users/index.js';
import type { Conversation } from './conversations.service.js';
import { MessageView, toMessageView } from './message.view.js';

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
