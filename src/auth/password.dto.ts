import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../common/index.js';

export const IsCode = (more: { required?: boolean; description?: string } = {}) =>
  applyDecorators(
    ApiProperty({ type: String, example: '483920', pattern: '^\\d{6}$', ...more }),
    IsString(),
    Matches(/^\d{6}$/),
  );

/** The present password, once more. */
export const IsProvingPassword = (description: string) =>
  applyDecorators(
    ApiProperty({ required: false, description, example: 'plum-Velvet-7-harbour', maxLength: 512 }),
    MayBeAbsent(),
    IsString(),
    Length(1, 512),
  );

/** Six digits that were sent to the person. */
export class CodeLoginDto {
  @ApiProperty({ description: 'Mobile number, username or e-mail.', example: '9012345678', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  identifier!: string;

  @IsCode()
  code!: string;
}

/** What a person types to log in. */
export class PasswordLoginDto {
  @ApiProperty({ description: 'Mobile number, username or e-mail.', example: '9012345678', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  identifier!: string;

  @ApiProperty({ example: 'plum-Velvet-7-harbour', maxLength: 512 })
  @IsString()
  @Length(1, 512)
  password!: string;
}
