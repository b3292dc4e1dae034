import { ApiProperty } from '@nestjs/swagger';
import { ID_EXAMPLE } from '../../common/index.js';
import { DeviceSummaryView, toDeviceSummary } from '../session.view.js';
import type { OpenRequest } from '../tickets.service.js';

class LoginRequestView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty() device!: DeviceSummaryView;
  @ApiProperty({ example: '203.0.113.7', description: 'Where the login was asked from.' }) ip!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Where the client waits, if that is another address.',
  })
  waitsFrom!: string | null;
  @ApiProperty({ type: [Number], example: [17, 42, 80], description: 'One of them is on the waiting device.' })
  numbers!: number[];
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
}

export class LoginRequestListView {
  @ApiProperty({ type: [LoginRequestView] }) items!: LoginRequestView[];
}

/** Not the number: that is for the waiting device alone to show. */
export function toLoginRequestView(request: OpenRequest): LoginRequestView {
  const { id, device, ip, waitsFrom, numbers, expiresAt } = request;
  return {
    id,
    device: toDeviceSummary(device),
    ip,
    waitsFrom,
    numbers: [...numbers],
    expiresAt: expiresAt.toISOString(),
  };
}
