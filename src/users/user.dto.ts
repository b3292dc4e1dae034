import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { LOCALES, type Locale } from '../accounts/index.js';
import { IsCode } from '../auth/index.js';
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

/** The present password, once more. */
const IsProvingPassword = (description: string) =>
  applyDecorators(
    ApiProperty({ required: false, description, example: 'plum-Velvet-7-harbour', maxLength: 512 }),
    MayBeAbsent(),
    IsString(),
    Length(1, 512),
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

  @MayBeAbsent()
  @IsEmailAddress()
  email?: string;

  @MayBeAbsent()
  @IsMobile()
  mobile?: string;

  @IsProvingPassword('Needed for a new e-mail or mobile, unless a code is given.')
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;
}

export class DeleteAccountDto {
  @IsProvingPassword('Needed unless a code is given.')
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;
}

export class ChangePasswordDto {
  @ApiProperty({ example: 'plum-Velvet-7-harbour', maxLength: 512 })
  @IsString()
  @Length(1, 512)
  currentPassword!: string;

  @IsNewPassword({ required: true })
  newPassword!: string;
}
