import { ApiProperty } from '@nestjs/swagger';
import type { CountryCode } from 'libphonenumber-js/max';
import { isEnded, toNationalForm, type EndedSession, type Profile, type Session } from '../accounts/index.js';

export class LegacySessionView {
  @ApiProperty({ format: 'uuid' }) sessionKey!: string;
  @ApiProperty({ example: 'Thunder Client' }) userAgent!: string;
  @ApiProperty({ example: '127.0.0.1' }) ipAddress!: string;
  @ApiProperty() isValid!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

class LegacySessionsView {
  @ApiProperty({ example: 'SavingsBank' }) user_name!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) activeSession!: string | null;
  @ApiProperty({ type: [LegacySessionView] }) sessions!: LegacySessionView[];
}

export class LegacyUserView extends LegacySessionsView {
  @ApiProperty({ example: '9012345678' }) mobile!: string;
}

export class LegacyDetailsView extends LegacySessionsView {
  @ApiProperty({ example: '9012345678' }) mobile_number!: string;
}

export class LegacyAnswerView {
  @ApiProperty({ example: 'Login successful' }) message!: string;
  @ApiProperty() user!: LegacyUserView;
}

export class CreatedUserView extends LegacyAnswerView {
  @ApiProperty({ description: 'The token of the session that the user has already. Stored nowhere: keep it.' })
  access_token!: string;
  @ApiProperty({ format: 'uuid' }) session_id!: string;
}

/** `sessions` newest first, as the store lists them; this API shows them oldest first. */
export function toLegacyUser(
  user: Profile,
  sessions: readonly (Session | EndedSession)[],
  region: CountryCode,
): LegacyUserView {
  return {
    mobile: user.mobile === null ? '' : toNationalForm(user.mobile, region),
    user_name: user.displayName ?? '',
    activeSession: sessions.find((session) => !isEnded(session))?.id ?? null,
    sessions: sessions.map(toLegacySession).reverse(),
  };
}

export function toLegacyDetails({ mobile, ...rest }: LegacyUserView): LegacyDetailsView {
  return { mobile_number: mobile, ...rest };
}

function toLegacySession(session: Session | EndedSession): LegacySessionView {
  const { id: sessionKey, userAgent, ip: ipAddress, createdAt } = session;
  return { sessionKey, userAgent, ipAddress, isValid: !isEnded(session), createdAt: createdAt.toISOString() };
}
