import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsIP, IsOptional, Matches } from 'class-validator';
import { DEVICE_CLASSES, type DeviceClass } from '../accounts/index.js';
import { PageQuery, IsId } from '../common/index.js';
import { UserView, toUserView, type Person } from '../users/index.js';
import { PolicyInForceView } from './policy.dto.js';

export class UserSearchQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Part of a username, display name, e-mail or mobile, without regard to case. A page may be short, even empty, while there is a `nextCursor`: a request reads at most 20,000 people.',
    example: 'asha',
    maxLength: 100,
  })
  @IsOptional()
  @Matches(/^[^\p{Cc}\p{Cs}\uFFFD]{1,100}$/u, { message: 'query must have 1 to 100 visible characters' })
  query?: string;
}

const STATES = ['live', 'ended', 'all'] as const;

export class SessionSearchQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES, default: 'live' })
  @IsOptional()
  @IsIn(STATES)
  state: (typeof STATES)[number] = 'live';

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId()
  userId?: string;

  @ApiPropertyOptional({ description: 'The address of the login, written in any way.', example: '203.0.113.7' })
  @IsOptional()
  @IsIP()
  ip?: string;

  @ApiPropertyOptional({ enum: DEVICE_CLASSES })
  @IsOptional()
  @IsIn(DEVICE_CLASSES)
  deviceClass?: DeviceClass;
}

/** A person as operators see them. */
export class AdminUserView extends UserView {
  @ApiProperty({ description: 'A locked user has no session and gets none.', example: false }) locked!: boolean;
}

export class AdminUserDetailView extends AdminUserView {
  @ApiProperty({ example: 1 }) liveSessions!: number;
  @ApiProperty({ description: 'For their next login.' }) policy!: PolicyInForceView;
}

export class AdminUserListView {
  @ApiProperty({ type: [AdminUserView] }) items!: AdminUserView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export function toAdminUserView(person: Person): AdminUserView {
  return { ...toUserView(person), locked: person.lockedAt !== null };
}
