import { ApiProperty } from '@nestjs/swagger';
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

export function toDeviceView({ device, session, lastSeenAt }: DeviceInUse, currentId: string): DeviceView {
  return {
    ...toDeviceSummary(device),
    firstSeenAt: device.firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: session?.id === currentId,
    session: session && toSessionView(session, currentId),
  };
}
