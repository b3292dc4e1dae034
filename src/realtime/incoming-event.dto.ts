import { ArrayMaxSize, IsArray, IsUUID, Matches } from 'class-validator';
import { IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_RULE, SendMessageDto } from '../messages/index.js';

/** `message.send` */
export class SendMessageEvent extends SendMessageDto {
  @Matches(IDEMPOTENCY_KEY, { message: `key ${IDEMPOTENCY_KEY_RULE}` })
  key!: string;
}

/** `typing` */
export class TypingEvent {
  @IsUUID()
  to!: string;
}

/** As many people as a socket may watch: two pages of contacts. */
const MAX_WATCHED = 200;

/** `presence.watch` */
export class WatchEvent {
  @IsArray()
  @ArrayMaxSize(MAX_WATCHED)
  @IsUUID(undefined, { each: true })
  userIds!: string[];
}
