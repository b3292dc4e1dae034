import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import { ID_EXAMPLE, MayBeAbsent, PageQuery, IsId } from '../common/index.js';
import { MAX_TEXT_LENGTH } from './message.rules.js';

export class SendMessageDto {
  @ApiProperty({ format: 'uuid', description: 'Who is to get it.', example: ID_EXAMPLE })
  @IsId()
  to!: string;

  @ApiProperty({
    description: 'With something visible in it, and no control characters but line breaks and tabs.',
    example: 'See you at six.',
    minLength: 1,
    maxLength: MAX_TEXT_LENGTH,
  })
  @IsString()
  text!: string;
}

/** The fields of a form beside its picture. */
export class MessageFormDto {
  @IsId()
  to!: string;

  @MayBeAbsent()
  @IsString()
  text?: string;
}

export class ReadMessagesDto {
  @ApiProperty({ format: 'uuid', description: 'The other person.', example: ID_EXAMPLE })
  @IsId()
  with!: string;

  @ApiProperty({ format: 'uuid', description: 'The last message that was seen, of either.', example: ID_EXAMPLE })
  @IsId()
  upTo!: string;
}

export class MessageListQuery extends PageQuery {
  @ApiProperty({ format: 'uuid', description: 'The other person.' })
  @IsId()
  with!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Oldest first, from the message after this `seq` on: for catching up. A `cursor` wins over it.',
  })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'after must be a whole number from 0 on' })
  after?: string;
}
