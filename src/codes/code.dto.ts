import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { CODE_PURPOSES } from '../accounts/index.js';
import { CodeLoginDto, IsCode, IsCodeRequest } from '../auth/index.js';
import { IsNewPassword } from '../users/index.js';

/** What somebody may ask a code for: with `claim` to use a mobile or an e-mail that may be on somebody else's account. */
export const REQUESTED_PURPOSES = [...CODE_PURPOSES, 'claim'] as const;
export type RequestedPurpose = (typeof REQUESTED_PURPOSES)[number];

export class RequestCodeDto {
  @ApiProperty({
    description: 'Mobile number, username or e-mail; for `claim` a mobile number or an e-mail.',
    example: '9012345678',
    maxLength: 254,
  })
  @IsString()
  @Length(1, 254)
  identifier!: string;

  @ApiProperty({ enum: REQUESTED_PURPOSES, example: 'login' })
  @IsIn(REQUESTED_PURPOSES)
  purpose!: RequestedPurpose;
}

export class VerifyDto {
  @IsCode()
  code!: string;

  @IsCodeRequest()
  request?: string;
}

export class RecoverDto extends CodeLoginDto {
  @IsNewPassword({ required: true })
  newPassword!: string;
}

export class CodeSentView {
  @ApiProperty({
    description: 'Give it together with the code. Random: everybody is answered one.',
    example: 'Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU',
  })
  request!: string;

  @ApiProperty({ description: 'Seconds for which a code that was sent can be used.', example: 300 })
  expiresIn!: number;
}
