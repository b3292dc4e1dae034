import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DEVICE_CLASSES,
  END_REASONS,
  idleExpiryOf,
  isEnded,
  type DeviceClass,
  type DeviceSummary,
  type EndedSnapshot,
  type EndReason,
  type SessionSnapshot,
} from '../accounts/index.js';
import { ID_EXAMPLE } from '../common/index.js';

export class DeviceSummaryView implements DeviceSummary {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ example: 'Firefox on Linux' }) name!: string;
  @ApiProperty({ enum: DEVICE_CLASSES, example: 'desktop' }) class!: DeviceClass;
  @ApiProperty({ type: String, nullable: true, example: 'Firefox' }) browser!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Linux' }) os!: string | null;
}

export class EndedByView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE, description: 'The session that brought the end about.' })
  sessionId!: string;
  @ApiProperty() device!: DeviceSummaryView;
  @ApiProperty({ example: '203.0.113.7' }) ip!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

export class SessionView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) userId!: string;
  @ApiProperty({ enum: ['live', 'ended'], example: 'live' }) state!: 'live' | 'ended';
  @ApiProperty({ description: 'Whether it is the session that asks.', example: true }) current!: boolean;
  @ApiProperty() device!: DeviceSummaryView;
  @ApiProperty({ example: '203.0.113.7' }) ip!: string;
  @ApiPropertyOptional({
    example: '198.51.100.1',
    description: 'Where its login was asked from, if the client then came in with its ticket from another address.',
  })
  askedFrom?: string;
  @ApiProperty({ example: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' })
  userAgent!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt!: string;
  @ApiProperty({ format: 'date-time' }) idleExpiresAt!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string;
  @ApiPropertyOptional({ enum: END_REASONS }) endReason?: EndReason;
  @ApiPropertyOptional() endedBy?: EndedByView;
}

/** `currentId` is the asking session's id, null where no session asks. */
export function toSessionView(session: SessionSnapshot | EndedSnapshot, currentId: string | null): SessionView {
  const { id, userId, device, ip, askedFrom, userAgent } = session;
  const view: SessionView = {
    id,
    userId,
    state: 'live',
    current: id === currentId,
    device: toDeviceSummary(device),
    ip,
    ...(askedFrom && { askedFrom }),
    userAgent,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    idleExpiresAt: idleExpiryOf(session).toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
  return isEnded(session) ? { ...view, state: 'ended', ...endOf(session) } : view;
}

export function toDeviceSummary({ id, name, class: deviceClass, browser, os }: DeviceSummary): DeviceSummaryView {
  return { id, name, class: deviceClass, browser, os };
}

export function endedByView({ endedBy, endedAt }: EndedSnapshot): EndedByView | undefined {
  if (!endedBy) return undefined;
  const { sessionId, device, ip } = endedBy;
  return { sessionId, device: toDeviceSummary(device), ip, at: endedAt.toISOString() };
}

function endOf(session: EndedSnapshot): Pick<SessionView, 'endedAt' | 'endReason' | 'endedBy'> {
  const endedBy = endedByView(session);
  return {
    endedAt: session.endedAt.toISOString(),
    endReason: session.endReason,
    ...(endedBy && { endedBy }),
  };
}
