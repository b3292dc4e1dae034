import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LOCALES, type Locale } from '../accounts/index.js';
import { IsCode, IsProvingPassword } from '../auth/index.js';
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
}

export class UpdateUserDto {
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

  @IsProvingPassword(
    'Needed for a new username, e-mail or mobile, unless a code is given, or the session keeps a proof younger than five minutes.',
  )
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;
}

export class DeleteAccountDto {
  @IsProvingPassword('Needed unless a code is given, or the session keeps a proof younger than five minutes.')
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;
}

export class ChangePasswordDto {
  @IsProvingPassword('Needed unless a code is given, or the session keeps a proof younger than five minutes.')
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;

  @IsNewPassword({ required: true })
  newPassword!: string;
}
