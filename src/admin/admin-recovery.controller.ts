import { Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AdminOnly, asAdmin, CurrentSession, FreshlyProved, type Caller } from '../auth/index.js';
import { RecoveryLinks } from '../codes/index.js';
import { ApiProblem, IdPipe } from '../common/index.js';
import { OwnAccountError } from './admin-users.errors.js';

class RecoveryLinkView {
  @ApiProperty({ description: 'For `POST /v1/users/recover/link`.' }) token!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The page that asks for the new password; null in production where `PUBLIC_URL` is not set.',
    example: 'https://accounts.example.com/recover#orl_…',
  })
  url!: string | null;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
}

@ApiTags('Admin')
@Controller('v1/admin/users')
@AdminOnly()
export class AdminRecoveryController {
  constructor(private readonly links: RecoveryLinks) {}

  @Post(':id/recovery')
  @FreshlyProved('admin_required, fresh_proof_required or user_locked')
  @ApiOperation({
    summary: 'Make a link by which somebody sets a new password',
    description:
      'For a person who has lost every device and every channel, once the help desk has recognised them. Works once, for 24 hours; a new one voids the one before. It gives the account to whoever opens it: hand it over where nobody else can read it.',
  })
  @ApiCreatedResponse({ type: RecoveryLinkView })
  @ApiProblem(400, 'bad_request')
  @ApiProblem(404, 'user_not_found')
  @ApiProblem(409, 'own_account')
  async create(@CurrentSession() caller: Caller, @Param('id', IdPipe) id: string): Promise<RecoveryLinkView> {
    if (id === caller.user.id) throw new OwnAccountError();
    const { token, url, expiresAt } = await this.links.create(id, asAdmin(caller));
    return { token, url, expiresAt: expiresAt.toISOString() };
  }
}
