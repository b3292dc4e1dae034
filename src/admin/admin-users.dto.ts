import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '../accounts/index.js';

export class EditUserDto {
  @ApiPropertyOptional({ enum: ROLES, example: 'user' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ example: true, description: 'A locked user has no session and gets none.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  locked?: boolean;
}
