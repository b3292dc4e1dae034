import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SessionEndedError, SessionView, toSessionView, type Validation } from '../sessions/index.js';
import { toUserView, UserView } from '../users/index.js';

export class IntrospectionView {
  @ApiProperty() active!: boolean;
  @ApiPropertyOptional() user?: UserView;
  @ApiPropertyOptional() session?: SessionView;
  @ApiPropertyOptional({ description: 'invalid_token or session_<endReason>', example: 'session_displaced' })
  code?: string;
  @ApiPropertyOptional({ format: 'date-time' }) endedAt?: string;
}

export function toIntrospectionView(validation: Validation): IntrospectionView {
  if (validation.active) {
    return { active: true, user: toUserView(validation.user), session: toSessionView(validation.session, null) };
  }
  const { ended } = validation;
  if (!ended) return { active: false, code: 'invalid_token' };
  return { active: false, code: new SessionEndedError(ended).code, endedAt: ended.endedAt.toISOString() };
}
