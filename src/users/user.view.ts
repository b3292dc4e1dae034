import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, ROLES, waitingOf, type Account, type Locale, type Profile, type Role } from '../accounts/index.js';
import { ID_EXAMPLE } from '../common/index.js';

/** What everybody who is logged in may see of a person. */
export class PublicProfileView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) id!: string;
  @ApiProperty({ type: String, nullable: true, example: 'demo.asha' }) username!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Asha (demo)' }) displayName!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '256 px; `/64` in place of `/256`: 64 px.',
    example: `/v1/images/${ID_EXAMPLE}/256`,
  })
  avatarUrl!: string | null;
}

/** What a person, and a service, sees. */
export class UserView extends PublicProfileView {
  @ApiProperty({ type: String, nullable: true, description: 'E.164.', example: '+919012345678' })
  mobile!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'asha@example.com' }) email!: string | null;
  @ApiProperty({ enum: LOCALES, nullable: true, example: 'es' }) locale!: Locale | null;
  @ApiProperty({ enum: ROLES, example: 'user' }) role!: Role;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) mobileVerifiedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null }) emailVerifiedAt!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** What a person sees of themselves. */
export class OwnUserView extends UserView {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'When the account is deleted, unless that is cancelled; null where nobody has asked for it.',
  })
  deletesAt!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'From when the device that has asked for an export may fetch it; null where none waits.',
  })
  exportAvailableAt!: string | null;
}

/** A deletion that waits. */
export class DeletionWaitsView {
  @ApiProperty({ format: 'date-time', description: 'When the account is deleted, unless that is cancelled.' })
  deletesAt!: string;
}

export function toPublicProfile({ id, username, displayName, avatarUrl }: Profile): PublicProfileView {
  return { id, username, displayName, avatarUrl };
}

// Written out: spreading one view into another costs ten times as much, and every protected page asks for this one.
export function toUserView(user: Profile): UserView {
  const { id, username, displayName, avatarUrl, mobile, email, locale, role } = user;
  return {
    id,
    username,
    displayName,
    avatarUrl,
    mobile,
    email,
    locale,
    role,
    mobileVerifiedAt: user.mobileVerifiedAt?.toISOString() ?? null,
    emailVerifiedAt: user.emailVerifiedAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  };
}

export function toOwnUserView(account: Account): OwnUserView {
  return {
    ...toUserView(account),
    deletesAt: waitingOf(account, 'deletion')?.dueAt.toISOString() ?? null,
    exportAvailableAt: waitingOf(account, 'export')?.dueAt.toISOString() ?? null,
  };
}
