import { ApiProperty } from '@nestjs/swagger';
import { ID_EXAMPLE } from '../common/index.js';
import { imageUrl, previewUrl } from '../media/index.js';
import type { Message } from './message.js';

const TEXT_EXAMPLE = 'See you at six.';

export class MessageView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ description: 'Counts 1, 2, 3… within the conversation, without a gap.', example: 42 }) seq!: number;
  @ApiProperty({ format: 'uuid' }) from!: string;
  @ApiProperty({ format: 'uuid' }) to!: string;
  @ApiProperty({ type: String, nullable: true, example: TEXT_EXAMPLE }) text!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null }) imageUrl!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null }) previewUrl!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) readAt!: string | null;
}

export class MessageListView {
  @ApiProperty({ type: [MessageView] }) items!: MessageView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toMessageView(message: Message): MessageView {
  const { id, seq, from, to, text, imageId, createdAt, readAt } = message;
  return {
    id,
    seq,
    from,
    to,
    text,
    imageUrl: imageId === null ? null : imageUrl(imageId),
    previewUrl: imageId === null ? null : previewUrl(imageId),
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
