import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { ROLES, type Role } from '../accounts/index.js';
import { MayBeAbsent } from '../common/index.js';

export class EditUserDto {
  @ApiPropertyOptional({ enum: ROLES, example: 'user' })
  @MayBeAbsent()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ example: true, description: 'A locked user has no session and gets none.' })
  @MayBeAbsent()
  @IsBoolean()
  locked?: boolean;
}
