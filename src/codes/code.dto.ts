import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { CODE_PURPOSES, type CodePurpose } from '../accounts/index.js';
import { CodeLoginDto, IsCode, IsCodeRequest } from '../auth/index.js';
import { IsNewPassword } from '../users/index.js';

export class RequestCodeDto {
  @ApiProperty({ description: 'Mobile number, username or e-mail.', example: '9012345678', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  identifier!: string;

  @ApiProperty({ enum: CODE_PURPOSES, example: 'login' })
  @IsIn(CODE_PURPOSES)
  purpose!: CodePurpose;
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
