import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DEVICE_CLASSES, type DeviceClass } from '../accounts/index.js';
import { NOTIFICATION_KINDS, type Notification, type NotificationKind } from './notification.js';

class SessionRefView {
  @ApiProperty({ format: 'uuid' }) id!: string;
}

class NotifiedDeviceView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'Safari on iOS' }) name!: string;
  @ApiProperty({ enum: DEVICE_CLASSES, example: 'mobile' }) class!: DeviceClass;
}

export class NotificationView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: NOTIFICATION_KINDS, example: 'new_device' }) kind!: NotificationKind;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readAt!: string | null;
  @ApiProperty({ type: SessionRefView, nullable: true, description: 'The session that the notice warns of.' })
  session!: SessionRefView | null;
  @ApiProperty({ type: NotifiedDeviceView, nullable: true }) device!: NotifiedDeviceView | null;
  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' }) ip!: string | null;
  @ApiPropertyOptional({
    type: [Number],
    example: [17, 42, 80],
    description: 'With `login_requested`: one of them is on the waiting device. Pick it to approve.',
  })
  numbers?: number[];
}

export class NotificationListView {
  @ApiProperty({ type: [NotificationView] }) items!: NotificationView[];
  @ApiProperty({ example: 1 }) unread!: number;
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toNotificationView(notification: Notification): NotificationView {
  const { id, kind, createdAt, readAt, sessionId, device, ip, numbers } = notification;
  return {
    id,
    kind,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
    session: sessionId === null ? null : { id: sessionId },
    device,
    ip,
    ...(numbers && { numbers: [...numbers] }),
  };
}
