import { ApiProperty } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';
import { DeviceSummaryView, SessionView, toDeviceSummary, toSessionView } from '../sessions/index.js';
import type { DeviceInUse } from './devices.service.js';

export class DeviceView extends DeviceSummaryView {
  @ApiProperty({ format: 'date-time' }) firstSeenAt!: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt!: string;
  @ApiProperty({ description: 'Whether it is the device that asks.' }) current!: boolean;
  @ApiProperty({ type: SessionView, nullable: true }) session!: SessionView | null;
}

export class DeviceListView {
  @ApiProperty({ type: [DeviceView] }) items!: DeviceView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class RenameDeviceDto {
  @ApiProperty({ example: 'Kitchen tablet', minLength: 1, maxLength: 64 })
  @Length(1, 64)
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Bidi_Control}]*$/u, {
    message: 'must have visible characters and no control characters',
  })
  name!: string;
}

/** `lastSeenAt` of a device in use is that of its session. */
export function toDeviceView({ device, session }: DeviceInUse, currentId: string): DeviceView {
  const lastSeenAt = session && session.lastSeenAt > device.lastSeenAt ? session.lastSeenAt : device.lastSeenAt;
  return {
    ...toDeviceSummary(device),
    firstSeenAt: device.firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: session?.id === currentId,
    session: session && toSessionView(session, currentId),
  };
}
