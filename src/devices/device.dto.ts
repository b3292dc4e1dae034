import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { visibleLine } from '../common/index.js';

export class RenameDeviceDto {
  @ApiProperty({ example: 'Kitchen tablet', minLength: 1, maxLength: 64 })
  @Matches(visibleLine(64), { message: 'must have 1 to 64 visible characters' })
  name!: string;
}
