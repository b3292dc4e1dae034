import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIP, IsString, Length, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../common/index.js';
import { IsDisplayName, IsMobile } from '../users/index.js';

/**
 * Every body that the five documents log in with. With a password: `email` or `username`, and `password`. By a service, which has
 * authenticated the person itself: `mobile` and `username`, or `email` and `nickname`, both of which mean the display name.
 */
export class RootLoginDto {
  @MayBeAbsent()
  @IsMobile({ example: '9012345678' })
  mobile?: string;

  @MayBeAbsent()
  @IsDisplayName({ example: 'SavingsBank' })
  username?: string;

  @ApiPropertyOptional({ format: 'email', maxLength: 254 })
  @MayBeAbsent()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @MayBeAbsent()
  @IsDisplayName({})
  nickname?: string;

  @ApiPropertyOptional({ maxLength: 512 })
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  password?: string;

  @ApiPropertyOptional({ example: 'Thunder Client', description: "For a service. Default: the request's own." })
  @MayBeAbsent()
  @IsString()
  @Length(0, 4096)
  userAgent?: string;

  @ApiPropertyOptional({ example: '::ffff:127.0.0.2', description: "For a service. Default: the request's own." })
  @MayBeAbsent()
  @IsIP()
  ipAddress?: string;

  @ApiPropertyOptional({
    example: '02:42:ac:11:00:02',
    description: 'What the service calls the device.',
    maxLength: 64,
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  clientMAC?: string;
}

const SESSION_ID = { maxLength: 64, example: '457d87d7-d06b-4f44-90ea-76ac235903b2' };

/** Which session ends: as two of the documents call it. None: the one that asks. */
export class RootLogoutDto {
  @ApiPropertyOptional(SESSION_ID)
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  sessionId?: string;

  @ApiPropertyOptional(SESSION_ID)
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  session_id?: string;
}
