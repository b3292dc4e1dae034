import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

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
