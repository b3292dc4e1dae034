import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { MAX_TEXT_LENGTH } from '../messages/index.js';
import { IsDisplayName, IsEmailAddress, IsNewPassword } from '../users/index.js';
import { IsDataUrl } from './data-url.js';

export class SignUpDto {
  @IsDisplayName({ required: true })
  fullName!: string;

  @IsEmailAddress({ required: true })
  email!: string;

  @IsNewPassword({ required: true })
  password!: string;
}

export class MessengerLoginDto {
  @ApiProperty({ format: 'email', maxLength: 254, example: 'asha@example.com' })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ maxLength: 512, example: 'plum-Velvet-7-harbour' })
  @IsString()
  @Length(1, 512)
  password!: string;
}

export class UpdateProfileDto {
  @IsDataUrl({ required: true })
  profilePic!: string;
}

/** Words, a picture, or both; the clients of this API send an empty text and null for what there is not. */
export class SendDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: MAX_TEXT_LENGTH, example: 'See you at six.' })
  @IsOptional()
  @IsString()
  text?: string | null;

  @IsOptional()
  @IsDataUrl()
  image?: string | null;
}
