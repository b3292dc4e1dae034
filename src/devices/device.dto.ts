import { ApiProperty } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';

export class RenameDeviceDto {
  @ApiProperty({ example: 'Kitchen tablet', minLength: 1, maxLength: 64 })
  @Length(1, 64)
  @Matches(/^(?=.*\S)[^\p{Cc}\p{Bidi_Control}]*$/u, {
    message: 'must have visible characters and no control characters',
  })
  name!: string;
}
