import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../common/index.js';
import type { Delivery } from './delivery.js';
import { ALL_EVENTS, WEBHOOK_FILTERS, type Webhook, type WebhookFilter } from './webhook.js';

const MAX_URL = 2048;
const URL_EXAMPLE = 'https://hooks.example.com/oneseat';
const FILTERS = { enum: WEBHOOK_FILTERS, isArray: true, example: ['session.ended', 'device.first_seen'] };

export class CreateWebhookDto {
  @ApiProperty({ example: URL_EXAMPLE, maxLength: MAX_URL, description: 'https, and no private address.' })
  @IsString()
  @MaxLength(MAX_URL)
  url!: string;

  @ApiPropertyOptional({ ...FILTERS, default: [ALL_EVENTS] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(WEBHOOK_FILTERS, { each: true })
  events: WebhookFilter[] = [ALL_EVENTS];

  @ApiPropertyOptional({ example: true, default: true })
  @IsBoolean()
  enabled: boolean = true;
}

export class EditWebhookDto {
  @ApiPropertyOptional({ example: URL_EXAMPLE, maxLength: MAX_URL })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_URL)
  url?: string;

  @ApiPropertyOptional(FILTERS)
  @MayBeAbsent()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(WEBHOOK_FILTERS, { each: true })
  events?: WebhookFilter[];

  @ApiPropertyOptional({ example: true, description: 'Off: nothing is sent, and what happens meanwhile is missed.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class WebhookView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: URL_EXAMPLE }) url!: string;
  @ApiProperty(FILTERS) events!: WebhookFilter[];
  @ApiProperty({ example: true }) enabled!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the receiver answered 410 Gone, which turned the webhook off.',
  })
  goneAt!: string | null;
}

export class WebhookWithSecretView extends WebhookView {
  @ApiProperty({ example: 'whsec_…', description: 'Shown here and never again.' }) secret!: string;
}

export class WebhookListView {
  @ApiProperty({ type: [WebhookView] }) items!: WebhookView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

const LISTED_STATES = ['dead', 'pending'] as const;

export class DeliveryListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: LISTED_STATES, default: 'dead' })
  @IsIn(LISTED_STATES)
  state: (typeof LISTED_STATES)[number] = 'dead';
}

export class DeliveryView {
  @ApiProperty({ format: 'uuid', description: 'The `webhook-id` of every try.' }) id!: string;
  @ApiProperty({ example: 'session.ended' }) type!: string;
  @ApiProperty({ format: 'date-time', description: 'When the event happened.' }) timestamp!: string;
  @ApiProperty({ enum: LISTED_STATES, example: 'dead' }) state!: string;
  @ApiProperty({ format: 'date-time', description: 'Since when it is pending or dead.' }) since!: string;
  @ApiProperty({ example: 13 }) attempts!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) nextAttemptAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'answered 503' }) lastError!: string | null;
}

export class DeliveryListView {
  @ApiProperty({ type: [DeliveryView] }) items!: DeliveryView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toWebhookView({ id, url, events, enabled, createdAt, goneAt }: Webhook): WebhookView {
  const times = { createdAt: createdAt.toISOString(), goneAt: goneAt?.toISOString() ?? null };
  return { id, url, events: [...events], enabled, ...times };
}

export function toWebhookWithSecretView(webhook: Webhook): WebhookWithSecretView {
  return { ...toWebhookView(webhook), secret: webhook.secret };
}

export function toDeliveryView(delivery: Delivery): DeliveryView {
  const { id, eventType, at, state, since, attempts, nextAttemptAt, lastError } = delivery;
  return {
    id,
    type: eventType,
    timestamp: at.toISOString(),
    state,
    since: since.toISOString(),
    attempts,
    nextAttemptAt: state === 'pending' ? nextAttemptAt.toISOString() : null,
    lastError,
  };
}
