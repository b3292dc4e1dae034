import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { LOCALES, type Locale } from '../accounts/index.js';
import { GivenProofDto, IsCode, IsCodeRequest } from '../auth/index.js';
import { MayBeAbsent } from '../common/index.js';
import { IsDisplayName, IsEmailAddress, IsMobile, IsNewPassword, IsUsername } from './user.rules.js';

const IsLocale = () =>
  applyDecorators(
    ApiProperty({
      enum: LOCALES,
      required: false,
      nullable: true,
      description: 'The language of messages to the person; null for that of the service.',
      example: 'es',
    }),
    IsOptional(),
    IsIn(LOCALES),
  );

export class CreateUserDto {
  @MayBeAbsent()
  @IsMobile()
  mobile?: string;

  @MayBeAbsent()
  @IsUsername()
  username?: string;

  @MayBeAbsent()
  @IsEmailAddress()
  email?: string;

  @MayBeAbsent()
  @IsNewPassword()
  password?: string;

  @MayBeAbsent()
  @IsDisplayName()
  displayName?: string;

  @IsLocale()
  locale?: Locale | null;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `claim` code to the mobile or the e-mail. Needs `request`.' })
  code?: string;

  @IsCodeRequest()
  request?: string;

  @ApiProperty({
    required: false,
    description: 'Whether mobile and e-mail are known to be the person’s. Only a service may say so.',
  })
  @MayBeAbsent()
  @IsBoolean()
  verified?: boolean;
}

export class UpdateUserDto extends GivenProofDto {
  @MayBeAbsent()
  @IsUsername()
  username?: string;

  @IsOptional()
  @IsDisplayName({ nullable: true })
  displayName?: string | null;

  @IsLocale()
  locale?: Locale | null;

  @IsOptional()
  @IsEmailAddress({ nullable: true })
  email?: string | null;

  @IsOptional()
  @IsMobile({ nullable: true })
  mobile?: string | null;
}

export class ChangePasswordDto extends GivenProofDto {
  @IsNewPassword({ required: true })
  newPassword!: string;
}
