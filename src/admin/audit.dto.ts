import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { Actor } from '../accounts/index.js';
import type { AuditEntry, HourlyCounts } from '../audit/index.js';
import { PageQuery, IsId } from '../common/index.js';

export class AuditSearchQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Whom it concerns.' })
  @IsOptional()
  @IsId()
  userId?: string;

  @ApiPropertyOptional({ description: "A user's id, `service:<name>` or `system`.", example: 'system' })
  @IsOptional()
  @Matches(/^(?:system|service:[\w-]{1,100}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/, {
    message: "actor must be a user's id, service:<name> or system",
  })
  actor?: string;

  @ApiPropertyOptional({ example: 'session.ended' })
  @IsOptional()
  @Matches(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, { message: 'type must be such as session.ended' })
  type?: string;
}

export class StatsQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 168, default: 24 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(168)
  hours: number = 24;
}

class ActorView {
  @ApiProperty({ enum: ['user', 'admin', 'service', 'system'], example: 'admin' }) kind!: Actor['kind'];
  @ApiPropertyOptional({ format: 'uuid' }) userId?: string;
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true }) sessionId?: string | null;
  @ApiPropertyOptional({ description: 'Of the service key.' }) name?: string;
}

export class AuditEntryView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ example: 'session.ended' }) type!: string;
  @ApiProperty() actor!: ActorView;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) userId!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Ids, addresses, reasons, numbers.' })
  details!: Readonly<Record<string, unknown>>;
}

export class AuditListView {
  @ApiProperty({ type: [AuditEntryView] }) items!: AuditEntryView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

class HourView {
  @ApiProperty({ format: 'date-time', description: 'Its beginning.' }) hour!: string;
  @ApiProperty({ example: 12 }) logins!: number;
  @ApiProperty({ example: 3, description: 'Logins that took the place of another device.' }) displacements!: number;
  @ApiProperty({ example: 1, description: 'Right password, but no place under the policy.' }) refusals!: number;
}

export class StatsView {
  @ApiProperty({ example: 40 }) liveSessions!: number;
  @ApiProperty({ type: [HourView], description: 'The running hour first.' }) hours!: HourView[];
}

export function toAuditView({ id, at, type, actor, userId, details }: AuditEntry): AuditEntryView {
  return { id, at: at.toISOString(), type, actor, userId, details };
}

export function toStatsView(liveSessions: number, hours: readonly HourlyCounts[]): StatsView {
  return { liveSessions, hours: hours.map((counts) => ({ ...counts, hour: counts.hour.toISOString() })) };
}
