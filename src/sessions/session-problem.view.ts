import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ProblemView } from '../common/index.js';
import { DeviceSummaryView, EndedByView } from './session.view.js';

/** Of a 401: why the session of the token ended. */
export class SessionEndedProblemView extends ProblemView {
  @ApiPropertyOptional({ format: 'date-time', description: 'With `session_<endReason>`.' }) endedAt?: string;
  @ApiPropertyOptional({ description: 'With `session_displaced` and `session_reported`.' }) endedBy?: EndedByView;
}

class SessionInTheWayView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() device!: DeviceSummaryView;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt!: string;
}

/** A device secret that was given out with this answer. */
export class DeviceCredentialView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: '256 random bits, base64url. Given once.' }) secret!: string;
}

class TakeoverView {
  @ApiProperty({ description: 'For `POST /v1/sessions/takeover`, once.' }) ticket!: string;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
  @ApiPropertyOptional({ description: 'To a native client without one: show it with the ticket, and keep it.' })
  device?: DeviceCredentialView;
}

/** Of a 409: which sessions take up the places. */
export class SessionLimitProblemView extends ProblemView {
  @ApiProperty({ type: [SessionInTheWayView] }) sessions!: SessionInTheWayView[];
  @ApiPropertyOptional({ description: 'Under the `ask` policy.' }) takeover?: TakeoverView;
}
