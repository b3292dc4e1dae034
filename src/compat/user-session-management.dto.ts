import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsDisplayName, IsMobile } from '../users/index.js';

/** `username` of this API is a display name: not unique. */
export class LegacyPersonDto {
  @IsMobile({ required: true, example: '9012345678' })
  mobile!: string;

  @IsDisplayName({ required: true, example: 'SavingsBank' })
  username!: string;
}

export class InvalidateDto {
  @ApiProperty({ description: 'The id of the session.', example: '457d87d7-d06b-4f44-90ea-76ac235903b2' })
  @IsString()
  @Length(1, 64)
  sessionKey!: string;
}
