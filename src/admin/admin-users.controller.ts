import { Body, Controller, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '../accounts/index.js';
import { AdminOnly, CurrentSession, type Caller } from '../auth/index.js';
import { ApiProblem, AppError } from '../common/index.js';
import { AccountEditor, toUserView, UserView } from '../users/index.js';

class EditUserDto {
  @ApiPropertyOptional({ enum: ROLES, example: 'user' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ example: true, description: 'A locked user has no session and gets none.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  locked?: boolean;
}

/** Nobody locks or demotes themselves: the last administrator would be gone. */
class OwnAccountError extends AppError {
  constructor() {
    super('own_account', 'conflict', 'Administrators cannot change their own role or lock themselves.');
  }
}

@ApiTags('Admin')
@Controller('v1/admin/users')
@AdminOnly()
export class AdminUsersController {
  constructor(private readonly editor: AccountEditor) {}

  @Patch(':id')
  @ApiOperation({
    summary: 'Lock, unlock or give a role',
    description: 'Locking ends every session of the user at once.',
  })
  @ApiOkResponse({ type: UserView })
  @ApiProblem(400, 'validation_failed')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(409, 'own_account')
  async edit(
    @CurrentSession() { user }: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() edit: EditUserDto,
  ): Promise<UserView> {
    if (id === user.id) throw new OwnAccountError();
    return toUserView(await this.editor.editAsAdmin(id, edit));
  }
}
