import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';
import { parseDigits } from 'libphonenumber-js/max';
import { cleanIdentifier } from '../accounts/index.js';
import { MayBeAbsent } from '../common/index.js';

export const IsCode = (more: { required?: boolean; description?: string } = {}) =>
  applyDecorators(
    ApiProperty({ type: String, example: '483920', pattern: '^\\d{6}$', ...more }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? cleanCode(value) : value)),
    IsString(),
    Matches(/^\d{6}$/),
  );

/** People copy a code with blanks around it, and type it in groups, or in digits of their own script. */
function cleanCode(text: string): string {
  const clean = cleanIdentifier(text);
  return /^[\p{Nd}\s-]*$/u.test(clean) ? parseDigits(clean) : clean;
}

/** What `POST /v1/codes` has answered the code with. */
export const IsCodeRequest = () =>
  applyDecorators(
    ApiProperty({
      required: false,
      description:
        'The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.',
      example: 'Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU',
      maxLength: 128,
    }),
    MayBeAbsent(),
    IsString(),
    Length(1, 128),
  );

/** The password once more, or a code in its place. */
export class GivenProofDto {
  @ApiProperty({
    required: false,
    description:
      'The password in force, unless `code` is given, or the session keeps a proof younger than five minutes.',
    example: 'plum-Velvet-7-harbour',
    maxLength: 512,
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 512)
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;

  @IsCodeRequest()
  request?: string;
}

/** Six digits that were sent to the person. */
export class CodeLoginDto {
  @ApiProperty({ description: 'Mobile number, username or e-mail.', example: '9012345678', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  identifier!: string;

  @IsCode()
  code!: string;

  @IsCodeRequest()
  request?: string;
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
