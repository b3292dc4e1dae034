import { ApiProperty } from '@nestjs/swagger';
import { isEnded } from '../accounts/index.js';
import { ID_EXAMPLE, toPage } from '../common/index.js';
import type { Activity, ListedActivities, SessionSpan } from './activity.js';

export class ActivityView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) sessionId!: string;
  @ApiProperty({ example: 'order.placed', description: '`session.started` and `session.ended` come by themselves.' })
  type!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: { order: 4711 } })
  data!: Readonly<Record<string, unknown>> | null;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

export class SessionSpanView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt!: string | null;
  @ApiProperty({ example: 754, description: 'Whole seconds from its start to its end, or until now.' })
  durationSeconds!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Start and end are no actions.' })
  lastActionAt!: string | null;
}

export class ActivityListView {
  @ApiProperty() session!: SessionSpanView;
  @ApiProperty({ type: [ActivityView] }) items!: ActivityView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toActivityView({ id, sessionId, type, data, at }: Activity): ActivityView {
  return { id, sessionId, type, data, at: at.toISOString() };
}

export function toSessionSpanView({ session, lastActionAt }: SessionSpan, now: Date): SessionSpanView {
  const { id, createdAt } = session;
  const endedAt = isEnded(session) ? session.endedAt : null;
  return {
    id,
    startedAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    durationSeconds: Math.floor(Math.max(0, (endedAt ?? now).getTime() - createdAt.getTime()) / 1000),
    lastActionAt: lastActionAt?.toISOString() ?? null,
  };
}

export function toActivityListView({ found, ...span }: ListedActivities, limit: number, now: Date): ActivityListView {
  return { session: toSessionSpanView(span, now), ...toPage(found, limit, toActivityView) };
}
