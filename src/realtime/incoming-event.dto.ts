import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { IsId } from '../common/index.js';
import { IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_RULE, SendMessageDto } from '../messages/index.js';

/** `message.send` */
export class SendMessageEvent extends SendMessageDto {
  @Matches(IDEMPOTENCY_KEY, { message: `key ${IDEMPOTENCY_KEY_RULE}` })
  key!: string;
}

/** `typing` */
export class TypingEvent {
  @IsId()
  to!: string;
}

/** As many people as a socket may watch: two pages of contacts. */
const MAX_WATCHED = 200;

/** `presence.watch` */
export class WatchEvent {
  @IsArray()
  @ArrayMaxSize(MAX_WATCHED)
  @IsId({ each: true })
  userIds!: string[];
}
