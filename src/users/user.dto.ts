import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import { IsDisplayName, IsEmailAddress, IsMobile, IsNewPassword, IsUsername } from './user.rules.js';

/** Absent is fine; null is not, for it would say "take it away". */
const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

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
}

export class UpdateUserDto {
  @MayBeAbsent()
  @IsUsername()
  username?: string;

  @IsOptional()
  @IsDisplayName({ nullable: true })
  displayName?: string | null;

  @MayBeAbsent()
  @IsEmailAddress()
  email?: string;

  @MayBeAbsent()
  @IsMobile()
  mobile?: string;

  @ApiProperty({
    required: false,
    description: 'Needed for a new e-mail or mobile.',
    example: 'plum-Velvet-7-harbour',
    maxLength: 512,
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  currentPassword?: string;
}

export class ChangePasswordDto {
  @ApiProperty({ example: 'plum-Velvet-7-harbour', maxLength: 512 })
  @IsString()
  @Length(1, 512)
  currentPassword!: string;

  @IsNewPassword({ required: true })
  newPassword!: string;
}
