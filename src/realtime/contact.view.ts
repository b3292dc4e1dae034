import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../common/index.js';
import { MessageView, toMessageView, type Contact } from '../messages/index.js';
import { PublicProfileView, toPublicProfile } from '../users/index.js';
import type { Seen } from './presence.service.js';

export class ContactQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Part of a display name or username, or a whole e-mail, without regard to case. A page may be short, even empty, while there is a `nextCursor`: a request reads at most 5,000 people.',
    example: 'asha',
    maxLength: 100,
  })
  @IsOptional()
  @Matches(/^[^\p{Cc}\p{Cs}\uFFFD]{1,100}$/u, { message: 'query must have 1 to 100 visible characters' })
  query?: string;
}

export class ContactView {
  @ApiProperty() user!: PublicProfileView;
  @ApiProperty({ type: MessageView, nullable: true }) lastMessage!: MessageView | null;
  @ApiProperty({ description: 'Messages from that person which have not been read.', example: 2 }) unread!: number;
  @ApiProperty({ description: 'Has a socket open, on any node. False where not both have written.' }) online!: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) lastSeenAt!: string | null;
}

export class ContactListView {
  @ApiProperty({ type: [ContactView] }) items!: ContactView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toContactView({ user, lastMessage, unread }: Contact, seen: Seen | undefined): ContactView {
  return {
    user: toPublicProfile(user),
    lastMessage: lastMessage && toMessageView(lastMessage),
    unread,
    online: seen?.online ?? false,
    lastSeenAt: seen?.lastSeenAt?.toISOString() ?? null,
  };
}
