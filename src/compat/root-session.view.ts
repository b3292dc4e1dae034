import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Login } from '../sessions/index.js';
import { EarlierSessionView } from './earlier-session.view.js';
import { LegacyAnswerView, type LegacyUserView } from './user-session-management.view.js';

/** The fields of all five documents. */
export class RootLoginView extends LegacyAnswerView {
  @ApiProperty({ description: 'Stored nowhere: keep it.' }) access_token!: string;
  @ApiProperty({ enum: ['bearer'] }) token_type!: 'bearer';
  @ApiProperty({ format: 'uuid' }) sessionId!: string;
  @ApiProperty({ format: 'uuid' }) session_id!: string;
}

export class RootLogoutView {
  @ApiProperty({ example: 'Logged out' }) message!: string;
  @ApiProperty({ example: true }) success!: true;
  @ApiPropertyOptional({ description: 'Absent where nobody was logged in.' }) session?: EarlierSessionView;
}

export function toRootLogin({ token, session: { id } }: Login, user: LegacyUserView): RootLoginView {
  return {
    message: 'Login successful',
    user,
    access_token: token,
    token_type: 'bearer',
    sessionId: id,
    session_id: id,
  };
}

export function toRootLogout(session: EarlierSessionView | null): RootLogoutView {
  return { message: 'Logged out', success: true, ...(session && { session }) };
}
