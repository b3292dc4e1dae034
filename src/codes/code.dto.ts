import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { CODE_PURPOSES, type CodePurpose } from '../accounts/index.js';
import { CodeLoginDto, IsCode } from '../auth/index.js';
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
}

export class RecoverDto extends CodeLoginDto {
  @IsNewPassword({ required: true })
  newPassword!: string;
}

export class CodeSentView {
  @ApiProperty({ description: 'Seconds for which a code that was sent can be used.', example: 300 })
  expiresIn!: number;
}
